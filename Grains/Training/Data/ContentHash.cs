using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Sweeper.Training.Models;

namespace Sweeper.Training.Data;

/// <summary>
/// SHA-256 over a set as it is read: shape, classes and counts, then the training part's pixels and labels, then the test part's. Equal for
/// equal sets, in memory or on disk.
/// </summary>
internal sealed class ContentHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Begins with what comes before the parts.</summary>
    public ContentHash(ImageShape shape, IReadOnlyList<string> classes, int trainCount, int testCount) =>
        _hash.AppendData(Encoding.UTF8.GetBytes($"{shape}\n{string.Join('\n', classes)}\n{trainCount}\n{testCount}\n"));

    /// <summary>Pixels, or a table's features, of some or all images of the part that is being read.</summary>
    public void AddValues(ReadOnlySpan<byte> values) => _hash.AppendData(values);

    /// <summary>Labels of all images of a part, after its pixels.</summary>
    public void AddLabels(ReadOnlySpan<int> labels)
    {
        byte[] bytes = new byte[labels.Length * sizeof(int)];
        for (int i = 0; i < labels.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), labels[i]);
        }

        _hash.AppendData(bytes);
    }

    /// <summary>The hash, hexadecimal.</summary>
    public string End() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
