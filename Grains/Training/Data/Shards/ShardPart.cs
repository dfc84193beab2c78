using Microsoft.Win32.SafeHandles;

namespace Sweeper.Training.Data.Shards;

/// <summary>Images of one part, on disk. Files are opened for a read and closed again: there may be more of them than a process may hold open.</summary>
internal sealed class ShardPart
{
    private readonly string _folder;
    private readonly PlannedPart _plan;
    private readonly long[] _locations;

    /// <summary>Finds the images of a part.</summary>
    /// <param name="folder">Folder of the shards.</param>
    /// <param name="plan">The part.</param>
    /// <param name="damaged">Places of the files that were left out.</param>
    /// <param name="imageBytes">Bytes of an image.</param>
    public ShardPart(string folder, PlannedPart plan, IReadOnlyList<int> damaged, int imageBytes)
    {
        (_folder, _plan, ImageBytes) = (folder, plan, imageBytes);
        int[] numbers = Numbers(plan.Files.Files.Count, damaged);
        _locations = new long[plan.Files.Files.Count - damaged.Count];
        Labels = new int[_locations.Length];
        for (int shard = 0; shard < plan.Shards.Length; shard++)
        {
            int slot = 0;
            foreach (int place in plan.Shards[shard])
            {
                if (numbers[place] >= 0)
                {
                    _locations[numbers[place]] = ((long)shard << 32) | (uint)slot++;
                    Labels[numbers[place]] = plan.Files.Files[place].Label;
                }
            }
        }
    }

    /// <summary>Class of each image.</summary>
    public int[] Labels { get; }

    /// <summary>Bytes of an image.</summary>
    public int ImageBytes { get; }

    /// <summary>Images of a shard, where all of them are in it.</summary>
    public int ShardImages => _plan.Shards[0].Length;

    /// <summary>Shard of an image, in the upper half, and its place in it: ascending as a disk reads them.</summary>
    public long LocationOf(int image) => _locations[image];

    /// <summary>Shard of an image.</summary>
    public int ShardOf(int image) => (int)(_locations[image] >> 32);

    /// <summary>Reads images, in the order in which they lie, and puts each at its place.</summary>
    /// <param name="images">Numbers of the images, in any order.</param>
    /// <param name="pixels">Receives them in the order of <paramref name="images"/>.</param>
    /// <exception cref="DataSetException">A shard is gone or cannot be read.</exception>
    public void Read(ReadOnlySpan<int> images, Span<byte> pixels)
    {
        long[] locations = new long[images.Length];
        int[] places = new int[images.Length];
        for (int i = 0; i < images.Length; i++)
        {
            (locations[i], places[i]) = (_locations[images[i]], i);
        }

        Array.Sort(locations, places);
        for (int at = 0; at < locations.Length;)
        {
            int shard = (int)(locations[at] >> 32);
            string path = Path.Combine(_folder, _plan.FileOf(shard));
            try
            {
                using SafeFileHandle file = File.OpenHandle(path);
                while (at < locations.Length && (int)(locations[at] >> 32) == shard)
                {
                    int run = Run(locations, places, at);
                    Fill(file, pixels.Slice(places[at] * ImageBytes, run * ImageBytes), (locations[at] & uint.MaxValue) * ImageBytes);
                    at += run;
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new DataSetException($"{path}: a part of the decoded images cannot be read ({error.Message}). It was whole when the data were loaded: let this silo end and run it again, and it is made anew.", error);
            }
        }
    }

    /// <summary>Images from <paramref name="at"/> on that lie and are wanted one after another.</summary>
    private static int Run(long[] locations, int[] places, int at)
    {
        int run = 1;
        while (at + run < locations.Length && locations[at + run] == locations[at] + run && places[at + run] == places[at] + run)
        {
            run++;
        }

        return run;
    }

    private static void Fill(SafeFileHandle file, Span<byte> pixels, long offset)
    {
        while (pixels.Length > 0)
        {
            int read = RandomAccess.Read(file, pixels, offset);
            if (read == 0)
            {
                throw new EndOfStreamException($"it ends at byte {offset}");
            }

            pixels = pixels[read..];
            offset += read;
        }
    }

    /// <summary>Number of each file's image; -1 for those that were left out.</summary>
    private static int[] Numbers(int files, IReadOnlyList<int> damaged)
    {
        int[] numbers = new int[files];
        foreach (int place in damaged)
        {
            numbers[place] = -1;
        }

        int next = 0;
        for (int place = 0; place < files; place++)
        {
            if (numbers[place] == 0)
            {
                numbers[place] = next++;
            }
        }

        return numbers;
    }
}
