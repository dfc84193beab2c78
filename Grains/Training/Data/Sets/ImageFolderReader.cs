using Sweeper.Training.Models;

namespace Sweeper.Training.Data.Sets;

/// <summary>
/// A folder of PNG and JPEG files, one sub-folder a class: below <c>train</c> and <c>test</c> (or <c>val</c>), or below the
/// root, where a fifth of each class is set aside as test images, by seed. Images are resized to a square, aspect
/// not kept; transparency falls on black. Where every image is grey there is one channel, else three.
/// </summary>
internal sealed class ImageFolderReader : DataSetReader
{
    /// <summary>Height and width in pixels where options are silent.</summary>
    public const int DefaultSize = 32;

    /// <summary>Smallest and largest height and width that images are resized to.</summary>
    public const int SmallestSize = 8;

    /// <inheritdoc cref="SmallestSize"/>
    public const int LargestSize = 512;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Expected { get; } = ["train/<class>/*.png", "test/<class>/*.png"];

    /// <inheritdoc/>
    public override FoundSet? Find(string place, DataOptions options) =>
        Directory.Exists(place) ? new FoundSet(place, [], context => Read(place, options, context)) : null;

    private static RawImages Read(string root, DataOptions options, ReadContext context)
    {
        FolderListing listing = FolderListing.Of(root);
        int side = options.ImageSize ?? DefaultSize;
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (MemoryNeed.ComplaintOf(listing, side, Array.MaxLength, available) is { } complaint)
        {
            throw new DataSetException(complaint);
        }

        Decoded train = Decode(listing.Train, side, options, context);
        if (listing.Test is { } test)
        {
            return Join(listing, train, Decode(test, side, options, context));
        }

        (int[] kept, int[] aside) = listing.SetAside(train.Part.Labels, options.Seed);
        return Join(listing, train with { Part = train.Part.Pick(kept) }, train with { Part = train.Part.Pick(aside), Skipped = 0 });
    }

    private static Decoded Decode(FolderFiles files, int side, DataOptions options, ReadContext context)
    {
        int bytes = 3 * side * side;
        byte[] pixels = new byte[files.Files.Count * bytes];
        List<int> labels = [];
        List<string> damaged = [];
        bool grey = true;
        for (int i = 0; i < files.Files.Count; i++)
        {
            (string path, int label) = files.Files[i];
            context.Report(DataActivity.Reading, Path.GetFileName(path), i, files.Files.Count);
            try
            {
                grey &= ImageDecoder.Decode(path, side, pixels.AsSpan(labels.Count * bytes, bytes));
                labels.Add(label);
            }
            catch (DataSetException failure) // all of them are named at once
            {
                damaged.Add(failure.Message);
            }
        }

        files.ThrowIfRefused(damaged, options.SkipDamaged);
        return new Decoded(new RawPart(damaged.Count == 0 ? pixels : pixels[..(labels.Count * bytes)], [.. labels]), side, grey, damaged.Count);
    }

    private static RawImages Join(FolderListing listing, Decoded train, Decoded test)
    {
        bool grey = train.Grey && test.Grey;
        int skipped = train.Skipped + test.Skipped;
        return new RawImages(
            new ImageShape(grey ? 1 : 3, train.Side, train.Side),
            listing.Classes,
            grey ? train.OneChannel() : train.Part,
            grey ? test.OneChannel() : test.Part,
            listing.Origin(skipped),
            skipped);
    }

    /// <summary>Decoded images with three channels, whether the three are always equal, and how many files were left out.</summary>
    private sealed record Decoded(RawPart Part, int Side, bool Grey, int Skipped)
    {
        public RawPart OneChannel()
        {
            int area = Side * Side;
            byte[] pixels = new byte[Part.Count * area];
            for (int i = 0; i < Part.Count; i++)
            {
                Part.Pixels.AsSpan(i * 3 * area, area).CopyTo(pixels.AsSpan(i * area));
            }

            return new RawPart(pixels, Part.Labels);
        }
    }
}
