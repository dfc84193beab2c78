using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sweeper.Training.Data.Shards;

/// <summary>What a folder of shards says that it holds, written when all of it is there.</summary>
/// <param name="Key">Fingerprint of what it was made of: <see cref="ShardPlan.Key"/>.</param>
/// <param name="Source">Folder of the images, for a person who looks in.</param>
/// <param name="Channels">1 where every image is grey, else 3.</param>
/// <param name="Parts">Its parts, as planned.</param>
/// <param name="Seal">SHA-256 (hex) of all of the above: a digit that is off could give images other labels.</param>
internal sealed record ShardManifest(string Key, string Source, int Channels, IReadOnlyList<ManifestPart> Parts, string Seal = "")
{
    /// <summary>Its file name.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The manifest of a folder; null where there is none, or one that is damaged.</summary>
    public static ShardManifest? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) && JsonSerializer.Deserialize(File.ReadAllBytes(path), ShardJson.Default.ShardManifest) is { } read && read.Seal == read.Sealed().Seal
                ? read
                : null;
        }
        catch (JsonException) // damaged: as good as none, the shards are made anew
        {
            return null;
        }
    }

    /// <summary>Writes it into a folder.</summary>
    public void Write(string folder) => File.WriteAllBytes(Path.Combine(folder, FileName), Sealed().Bytes());

    private ShardManifest Sealed() => this with { Seal = Convert.ToHexStringLower(SHA256.HashData((this with { Seal = "" }).Bytes())) };

    private byte[] Bytes() => JsonSerializer.SerializeToUtf8Bytes(this, ShardJson.Default.ShardManifest);
}

/// <summary>A part of a manifest.</summary>
/// <param name="Damaged">Places of the files that were left out, ascending.</param>
/// <param name="Shards">SHA-256 (hex) of each shard's file.</param>
internal sealed record ManifestPart(IReadOnlyList<int> Damaged, IReadOnlyList<string> Shards);

/// <summary>How a manifest is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ShardManifest))]
internal sealed partial class ShardJson : JsonSerializerContext;
