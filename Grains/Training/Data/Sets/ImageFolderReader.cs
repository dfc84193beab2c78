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

    /// <summary>Damaged files that a message names.</summary>
    private const int MostNamed = 10;

    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg"];
    private static readonly string[] TestNames = ["test", "val", "valid", "validation"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Expected { get; } = ["train/<class>/*.png", "test/<class>/*.png"];

    /// <inheritdoc/>
    public override FoundSet? Find(string place, DataOptions options) =>
        Directory.Exists(place) ? new FoundSet(place, [], context => Read(place, options, context)) : null;

    private static RawImages Read(string root, DataOptions options, ReadContext context)
    {
        string train = Path.Combine(root, "train");
        if (!Directory.Exists(train))
        {
            return ReadWhole(root, options, context);
        }

        string test = TestNames.Select(name => Path.Combine(root, name)).FirstOrDefault(Directory.Exists)
            ?? throw new DataSetException($"{root}: there is a folder 'train' but none of {string.Join(", ", TestNames)}. Add one, or put the class folders into {root} itself: a fifth of the images then becomes the test set.");
        string[] classes = ClassesOf(train);
        string[] strange = [.. FoldersOf(test).Except(classes)];
        if (strange.Length > 0)
        {
            throw new DataSetException($"{test}: classes {string.Join(", ", strange)} are not in {train}. Use the same class folders in both.");
        }

        return Join(root, classes, Decode(train, classes, options, context), Decode(test, classes, options, context));
    }

    private static RawImages ReadWhole(string root, DataOptions options, ReadContext context)
    {
        string[] classes = ClassesOf(root);
        Decoded all = Decode(root, classes, options, context);
        (int[] train, int[] test) = TestShare.Of(all.Part.Labels, options.Seed)
            ?? throw new DataSetException($"{root}: {all.Part.Count} images are too few to split into training and test images. Add images.");
        return Join(root, classes, all with { Part = all.Part.Pick(train) }, all with { Part = all.Part.Pick(test), Skipped = 0 });
    }

    private static string[] ClassesOf(string folder)
    {
        string[] classes = FoldersOf(folder);
        return classes.Length >= 2
            ? classes
            : throw new DataSetException($"{folder}: {classes.Length} class folders; a classifier needs at least 2. Put the images of each class into a folder named after it.");
    }

    private static string[] FoldersOf(string folder) =>
    [
        .. Directory.EnumerateDirectories(folder)
            .Select(path => Path.GetFileName(path))
            .Where(name => !name.StartsWith('.'))
            .Order(StringComparer.Ordinal),
    ];

    private static Decoded Decode(string folder, string[] classes, DataOptions options, ReadContext context)
    {
        int side = options.ImageSize ?? DefaultSize;
        List<(string Path, int Label)> files = [];
        for (int label = 0; label < classes.Length; label++)
        {
            string home = Path.Combine(folder, classes[label]);
            // A class without test images is fine.
            string[] images = !Directory.Exists(home) ? [] : [.. Directory.EnumerateFiles(home)
                .Where(path => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)];
            files.AddRange(images.Select(path => (path, label)));
        }

        if (files.Count == 0)
        {
            throw new DataSetException($"{folder}: no {string.Join(", ", Extensions)} files in its class folders {string.Join(", ", classes)}. Put the images of each class into its folder.");
        }

        int bytes = 3 * side * side;
        if ((long)files.Count * bytes > Array.MaxLength)
        {
            throw new DataSetException($"{folder}: {files.Count} images of {side}x{side} are more than {Array.MaxLength} bytes. Set a smaller image size.");
        }

        byte[] pixels = new byte[files.Count * bytes];
        List<int> labels = [];
        List<string> damaged = [];
        bool grey = true;
        for (int i = 0; i < files.Count; i++)
        {
            context.Report(DataActivity.Reading, Path.GetFileName(files[i].Path), i, files.Count);
            try
            {
                grey &= ImageDecoder.Decode(files[i].Path, side, pixels.AsSpan(labels.Count * bytes, bytes));
                labels.Add(files[i].Label);
            }
            catch (DataSetException failure) // all of them are named at once
            {
                damaged.Add(failure.Message);
            }
        }

        return damaged.Count > 0 && (!options.SkipDamaged || labels.Count == 0)
            ? throw Damaged(folder, damaged, files.Count)
            : new Decoded(new RawPart(damaged.Count == 0 ? pixels : pixels[..(labels.Count * bytes)], [.. labels]), side, grey, damaged.Count);
    }

    private static DataSetException Damaged(string folder, List<string> damaged, int files)
    {
        string more = damaged.Count > MostNamed ? $" And {damaged.Count - MostNamed} more." : "";
        return new DataSetException(
            $"{folder}: {damaged.Count} of {files} files cannot be used (data.damaged_files: skip leaves such files out). {string.Join(' ', damaged.Take(MostNamed))}{more}");
    }

    private static RawImages Join(string root, string[] classes, Decoded train, Decoded test)
    {
        bool grey = train.Grey && test.Grey;
        int skipped = train.Skipped + test.Skipped;
        return new RawImages(
            new ImageShape(grey ? 1 : 3, train.Side, train.Side),
            classes,
            grey ? train.OneChannel() : train.Part,
            grey ? test.OneChannel() : test.Part,
            skipped == 0 ? root : $"{root}, without {skipped} damaged files",
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
