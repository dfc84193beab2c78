using Sweeper.Training.Data.Sets;
using Sweeper.Training.Models;
using static TorchSharp.torch;

namespace Sweeper.Training.Data.Shards;

/// <summary>A folder of images as a set whose pixels stay on disk. Everything else about it is what it would be in memory.</summary>
internal static class StreamedFolder
{
    private const int ChunkBytes = 1 << 26;

    /// <summary>Makes or finds the shards, and reads them once for hash and statistics.</summary>
    /// <param name="root">Folder of the images.</param>
    /// <param name="options">What the user asked for.</param>
    /// <param name="locations">Where shards are kept.</param>
    /// <param name="context">Who is told, and when to stop.</param>
    public static ImageData Load(string root, DataOptions options, DataLocations locations, ReadContext context)
    {
        int side = options.ImageSize ?? ImageFolderReader.DefaultSize;
        FolderListing listing = FolderListing.Of(root);
        ShardPlan plan = ShardPlan.Of(listing, side, options.SkipDamaged, options.ShardBytes);
        (string folder, ShardManifest manifest) = new ShardCache(Path.Combine(locations.DownloadRoot, ShardCache.FolderName)).Open(plan, context);
        ImageShape shape = new(manifest.Channels, side, side);
        ShardPart[] parts = [.. plan.Parts.Zip(manifest.Parts, (planned, found) => new ShardPart(folder, planned, found.Damaged, shape.Values))];
        ShardPart train = parts[0];
        ShardPart test = parts[^1];
        (int[] trainImages, int[] testImages) = listing.Test is null
            ? listing.SetAside(train.Labels, options.Seed)
            : ([.. Enumerable.Range(0, train.Labels.Length)], [.. Enumerable.Range(0, test.Labels.Length)]);
        if (DataCatalog.KeptOf(Of(train.Labels, trainImages), listing.Classes.Length, options) is { } kept)
        {
            trainImages = Of(trainImages, kept);
        }

        (string hash, ChannelStatistics statistics) = Scan(listing, shape, (train, trainImages), (test, testImages), context);
        int skipped = manifest.Parts.Sum(part => part.Damaged.Count);
        return ImageData.OnDisk(
            options.Set,
            shape,
            (new ShardedPixels(train, trainImages, shape, CPU), Of(train.Labels, trainImages)),
            (new ShardedPixels(test, testImages, shape, CPU), Of(test.Labels, testImages)),
            new StreamedContent(listing.Origin(skipped), skipped, listing.Classes, hash, statistics),
            options.Scaling);
    }

    private static (string Hash, ChannelStatistics Statistics) Scan(
        FolderListing listing, ImageShape shape, (ShardPart Part, int[] Images) train, (ShardPart Part, int[] Images) test, ReadContext context)
    {
        using ContentHash hash = new(shape, listing.Classes, train.Images.Length, test.Images.Length);
        ChannelHistogram histogram = new(shape.Channels, shape.Height * shape.Width);
        int most = Math.Max(1, ChunkBytes / shape.Values);
        byte[] pixels = new byte[most * shape.Values];
        Add(train.Part, train.Images, histogram);
        Add(test.Part, test.Images, null);
        return (hash.End(), histogram.Statistics());

        void Add(ShardPart part, int[] images, ChannelHistogram? counts)
        {
            for (int start = 0; start < images.Length; start += most)
            {
                context.Report(DataActivity.Verifying, "", start, images.Length);
                int count = Math.Min(most, images.Length - start);
                Span<byte> chunk = pixels.AsSpan(0, count * shape.Values);
                part.Read(images.AsSpan(start, count), chunk);
                hash.AddValues(chunk);
                counts?.Add(chunk);
            }

            hash.AddLabels(Of(part.Labels, images));
        }
    }

    private static int[] Of(int[] values, int[] places) => Array.ConvertAll(places, place => values[place]);
}

/// <summary>What one reading of images on disk has shown.</summary>
/// <param name="Origin">Where they came from, in words.</param>
/// <param name="Skipped">Damaged files that were left out.</param>
/// <param name="Classes">Names of the classes, in label order.</param>
/// <param name="Hash">As <see cref="ContentHash"/> defines it.</param>
/// <param name="Statistics">Mean and deviation of the training images.</param>
internal sealed record StreamedContent(string Origin, int Skipped, IReadOnlyList<string> Classes, string Hash, ChannelStatistics Statistics);
