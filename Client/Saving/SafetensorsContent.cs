using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sweeper.Client.Saving;

/// <summary>
/// What the console knows of a safetensors file: its header and where the values begin. The values stand in the order in which
/// a run hashes them, so the SHA-256 of all that follows the header is the one stored with the trial.
/// </summary>
/// <param name="Bytes">The whole file.</param>
internal sealed record SafetensorsContent(byte[] Bytes)
{
    private const string InfoKey = "sweeper";

    private int HeaderEnd => BinaryPrimitives.ReadInt64LittleEndian(Bytes) is >= 0 and var length && length <= Bytes.Length - sizeof(long)
        ? sizeof(long) + (int)length
        : throw new InvalidDataException("the model's file is damaged: its header is longer than the file");

    /// <summary>SHA-256 of the weights, hexadecimal.</summary>
    public string WeightsHash() => Convert.ToHexStringLower(SHA256.HashData(Bytes.AsSpan(HeaderEnd)));

    /// <summary>Tensors in order: name and shape.</summary>
    public IEnumerable<(string Name, string Shape)> Tensors() => Header()
        .Where(entry => entry.Key != "__metadata__")
        .OrderBy(entry => entry.Value!["data_offsets"]![0]!.GetValue<long>())
        .Select(entry => (entry.Key, string.Join(" x ", entry.Value!["shape"]!.AsArray().Select(length => length!.GetValue<long>()))));

    /// <summary>What the silo says about the network: its name and options, its input, its classes, its data.</summary>
    public JsonObject Info() => JsonNode.Parse(Header()["__metadata__"]![InfoKey]!.GetValue<string>())!.AsObject();

    private JsonObject Header() => JsonSerializer.Deserialize<JsonObject>(Bytes.AsSpan(sizeof(long), HeaderEnd - sizeof(long)))!;
}
