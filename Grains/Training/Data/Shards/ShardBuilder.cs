using System.Security.Cryptography;
using Sweeper.Training.Data.Sets;

namespace Sweeper.Training.Data.Shards;

/// <summary>Decodes a folder of images into shards, one shard in memory at a time.</summary>
/// <param name="plan">What goes where.</param>
/// <param name="folder">Folder that the shards go to; must exist.</param>
/// <param name="context">Who is told, and when to stop.</param>
internal sealed class ShardBuilder(ShardPlan plan, string folder, ReadContext context)
{
    private readonly int _area = plan.Side * plan.Side;
    private readonly List<(string Path, string[] Hashes, int Shard)> _written = [];
    private readonly int _files = plan.Parts.Sum(part => part.Files.Files.Count);
    private int _channels = 1; // until an image has colour
    private int _done;

    /// <summary>Writes all shards, the manifest last.</summary>
    /// <exception cref="DataSetException">Files are no readable image, and are not to be left out.</exception>
    public void Build()
    {
        ManifestPart[] parts = [.. plan.Parts.Select(Build)];
        new ShardManifest(plan.Key, plan.Listing.Root, _channels, parts).Write(folder);
    }

    private ManifestPart Build(PlannedPart part)
    {
        string?[] damaged = new string?[part.Files.Files.Count];
        string[] hashes = new string[part.Shards.Length];
        for (int shard = 0; shard < part.Shards.Length; shard++)
        {
            context.Report(DataActivity.Reading, part.FileOf(shard), _done, _files);
            byte[] pixels = Decode(part, part.Shards[shard], damaged, out bool grey);
            if (!grey && _channels == 1)
            {
                Widen();
            }

            string path = Path.Combine(folder, part.FileOf(shard));
            hashes[shard] = Write(path, _channels == 1 ? FirstPlanes(pixels) : pixels);
            _written.Add((path, hashes, shard));
            _done += part.Shards[shard].Length;
        }

        part.Files.ThrowIfRefused([.. damaged.OfType<string>()], plan.Skip);
        return new ManifestPart([.. Enumerable.Range(0, damaged.Length).Where(place => damaged[place] is not null)], hashes);
    }

    private byte[] Decode(PlannedPart part, int[] places, string?[] damaged, out bool grey)
    {
        int bytes = 3 * _area;
        byte[] pixels = new byte[places.Length * bytes];
        bool[] coloured = new bool[places.Length];
        Parallel.For(0, places.Length, new ParallelOptions { CancellationToken = context.Cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            try
            {
                coloured[i] = !ImageDecoder.Decode(part.Files.Files[places[i]].Path, plan.Side, pixels.AsSpan(i * bytes, bytes));
            }
            catch (DataSetException failure) // all of them are named at once
            {
                damaged[places[i]] = failure.Message;
            }
        });
        grey = !coloured.Contains(true);
        int kept = 0;
        for (int i = 0; i < places.Length; i++)
        {
            if (damaged[places[i]] is null)
            {
                pixels.AsSpan(i * bytes, bytes).CopyTo(pixels.AsSpan(kept++ * bytes));
            }
        }

        return kept == places.Length ? pixels : pixels[..(kept * bytes)];
    }

    /// <summary>Gives the shards of grey images, written so far, three equal channels.</summary>
    private void Widen()
    {
        _channels = 3;
        foreach ((string path, string[] hashes, int shard) in _written)
        {
            byte[] planes = File.ReadAllBytes(path);
            byte[] wide = new byte[planes.Length * 3];
            for (int place = 0; place < wide.Length; place += _area)
            {
                planes.AsSpan(place / (3 * _area) * _area, _area).CopyTo(wide.AsSpan(place));
            }

            hashes[shard] = Write(path, wide);
        }
    }

    private byte[] FirstPlanes(byte[] pixels)
    {
        byte[] planes = new byte[pixels.Length / 3];
        for (int place = 0; place < planes.Length; place += _area)
        {
            pixels.AsSpan(3 * place, _area).CopyTo(planes.AsSpan(place));
        }

        return planes;
    }

    private static string Write(string path, byte[] content)
    {
        File.WriteAllBytes(path, content);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
