using Sweeper.Training.Data.Formats;

namespace Sweeper.Training.Data.Sets.Arrays;

/// <summary>
/// Images and labels as numpy writes them: an <c>.npz</c> file with the arrays <c>x_train</c>, <c>y_train</c>, <c>x_test</c> and
/// <c>y_test</c>, or a folder with <c>.npy</c> files of those names. Without a test part, or with <c>x</c> and <c>y</c> alone, a
/// fifth of each class is set aside, by seed.
/// </summary>
internal sealed class ArraysReader : DataSetReader
{
    private static readonly string[] Names = ["x_train", "y_train", "x_test", "y_test", "x", "y"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Expected { get; } = ["an .npz file", "or x_train.npy and y_train.npy", "with x_test.npy and y_test.npy or without them"];

    /// <inheritdoc/>
    public override FoundSet? Find(string place, DataOptions options)
    {
        string[] files = File.Exists(place) ? [place] : [.. Names.Select(name => Path.Combine(place, name + ".npy")).Where(File.Exists)];
        return files.Length == 0 ? null : new FoundSet(place, files, context => Read(place, options, context));
    }

    private static RawImages Read(string place, DataOptions options, ReadContext context)
    {
        using NpzFile file = NpzFile.Open(place);
        string training = TrainingSuffix(place, file);
        (NpyArray images, NpyArray labels) = Pair(place, file, training, context);
        ArrayImages train = ArrayImages.Of(images);
        Int128[] trainLabels = ArrayLabels.Of(labels, images);
        Int128[] classes = ArrayLabels.Classes(labels, trainLabels);
        RawPart whole = new(train.Pixels, ArrayLabels.Places(labels, trainLabels, classes));
        (RawPart Train, RawPart Test) parts = file.Names.Contains("x_test") || file.Names.Contains("y_test")
            ? (whole, Test(place, file, train, classes, context))
            : Split(place, whole, options.Seed);
        return new RawImages(train.Shape, [.. classes.Select(ArrayLabels.Text)], parts.Train, parts.Test, place);
    }

    private static string TrainingSuffix(string place, NpzFile file)
    {
        bool named = file.Names.Contains("x_train") || file.Names.Contains("y_train");
        bool bare = file.Names.Contains("x") || file.Names.Contains("y");
        return (named, bare) switch
        {
            (true, false) => "_train",
            (false, true) => "",
            (true, true) => throw new DataSetException($"{place}: it holds {string.Join(", ", file.Names)}; the training part is x_train and y_train or else x and y, not both. Leave one pair out."),
            (false, false) => throw new DataSetException($"{place}: it holds {(file.Names.Count == 0 ? "no array" : string.Join(", ", file.Names))}; x_train and y_train are needed, and x_test and y_test where there is a test part. Save numpy.savez(file, x_train=..., y_train=...)."),
        };
    }

    private static (NpyArray Images, NpyArray Labels) Pair(string place, NpzFile file, string suffix, ReadContext context)
    {
        (string x, string y) = ($"x{suffix}", $"y{suffix}");
        string[] missing = [.. new[] { x, y }.Except(file.Names)];
        if (missing.Length > 0)
        {
            throw new DataSetException($"{place}: it holds {string.Join(", ", file.Names)} but not {missing[0]}; images and labels come in pairs. Save {x} and {y}.");
        }

        context.Report(DataActivity.Reading, x, 0, null);
        NpyArray images = file.Read(x);
        context.Report(DataActivity.Reading, y, 0, null);
        return (images, file.Read(y));
    }

    private static RawPart Test(string place, NpzFile file, ArrayImages train, Int128[] classes, ReadContext context)
    {
        (NpyArray images, NpyArray labels) = Pair(place, file, "_test", context);
        ArrayImages test = ArrayImages.Of(images);
        return test.Shape == train.Shape
            ? new RawPart(test.Pixels, ArrayLabels.Places(labels, ArrayLabels.Of(labels, images), classes))
            : throw images.Bad($"its images are {test.Shape}, those of the training part {train.Shape}; they must be of one shape");
    }

    private static (RawPart Train, RawPart Test) Split(string place, RawPart whole, long seed) => TestShare.Of(whole.Labels, seed) is var (train, test)
        ? (whole.Pick(train), whole.Pick(test))
        : throw new DataSetException($"{place}: {whole.Count} images are too few to set a fifth of them aside as the test part. Add images, or x_test and y_test.");
}
