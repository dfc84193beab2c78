using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SkiaSharp;
using Sweeper.Training.Data.Sets;

namespace Sweeper.Training.Data.Shards;

/// <summary>What a folder of images becomes on disk: parts, the shards of each, and the name under which they are found again.</summary>
/// <param name="Listing">The folder.</param>
/// <param name="Side">Height and width of an image in pixels.</param>
/// <param name="Skip">Whether damaged files are left out; not part of the fingerprint, as it makes no other shards.</param>
/// <param name="Parts">Parts, in order: <c>train</c> and <c>test</c>, or <c>all</c> where the folder has no test part.</param>
/// <param name="Key">Fingerprint of all that the shards depend on.</param>
internal sealed record ShardPlan(FolderListing Listing, int Side, bool Skip, IReadOnlyList<PlannedPart> Parts, string Key)
{
    /// <summary>To be raised where the same files come to be other shards.</summary>
    private const int Version = 1;

    /// <summary>Bytes on disk at most.</summary>
    public long MostBytes => 3L * Side * Side * Parts.Sum(part => (long)part.Files.Files.Count);

    /// <summary>Plans a folder; looks at names, sizes and times of its files, reads none.</summary>
    /// <param name="listing">The folder.</param>
    /// <param name="side">Height and width of an image in pixels.</param>
    /// <param name="skip">Whether damaged files are left out.</param>
    /// <param name="shardBytes">Bytes of a shard of colour images.</param>
    public static ShardPlan Of(FolderListing listing, int side, bool skip, int shardBytes = ShardLayout.ShardBytes)
    {
        int perShard = ShardLayout.ImagesOf(side, shardBytes);
        PlannedPart[] parts = listing.Test is { } test
            ? [Mixed("train", listing.Train), new PlannedPart("test", test, ShardLayout.InOrder(test.Files.Count, perShard))]
            : [Mixed("all", listing.Train)];
        return new ShardPlan(listing, side, skip, parts, KeyOf(listing, side, perShard, parts));

        PlannedPart Mixed(string name, FolderFiles files) => new(name, files, ShardLayout.Mixed(files.Files.Count, perShard));
    }

    private static string KeyOf(FolderListing listing, int side, int perShard, PlannedPart[] parts)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // The decoder's version: another one may round otherwise.
        Add($"{Version}\n{typeof(SKCodec).Assembly.GetName().Version}\n{Path.GetFullPath(listing.Root)}\n{side}\n{perShard}\n{string.Join('\n', listing.Classes)}\n");
        foreach (PlannedPart part in parts)
        {
            Add($"{part.Name} {part.Files.Files.Count}\n");
            foreach ((string path, int label) in part.Files.Files)
            {
                FileInfo file = Behind(new FileInfo(path));
                Add(string.Create(CultureInfo.InvariantCulture, $"{label} {Path.GetFileName(path)} {(file.Exists ? file.Length : -1)} {file.LastWriteTimeUtc.Ticks}\n"));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        // What a link leads to is what is decoded; one that leads nowhere is a damaged image, as its decoding will say.
        static FileInfo Behind(FileInfo file) =>
            file.Exists && file.Attributes.HasFlag(FileAttributes.ReparsePoint) && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target : file;

        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
    }
}

/// <summary>A part of a plan.</summary>
/// <param name="Name">Its name, and the beginning of its files' names.</param>
/// <param name="Files">Its files.</param>
/// <param name="Shards">Places of the files in each shard, ascending within a shard.</param>
internal sealed record PlannedPart(string Name, FolderFiles Files, int[][] Shards)
{
    /// <summary>File name of a shard.</summary>
    public string FileOf(int shard) => string.Create(CultureInfo.InvariantCulture, $"{Name}-{shard:00000}.shard");
}
