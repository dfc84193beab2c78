using Sweeper.Training.Data.Formats;
using Sweeper.Training.Models;

namespace Sweeper.Training.Data.Sets;

/// <summary>A set of four IDX files, each gzip or not.</summary>
/// <param name="prefix">What stands before <c>train-</c> and the test prefix in file names; empty for most.</param>
/// <param name="testPrefix">What the test files start with: <c>t10k</c>, or <c>test</c> for EMNIST.</param>
/// <param name="classes">Names of the classes.</param>
/// <param name="firstLabel">Label of the first class: 1 for EMNIST's letters.</param>
/// <param name="transposed">Whether images are stored column by column, as EMNIST's are.</param>
internal sealed class IdxReader(string prefix, string testPrefix, IReadOnlyList<string> classes, int firstLabel = 0, bool transposed = false)
    : DataSetReader
{
    /// <summary>Whether images are stored column by column.</summary>
    public bool IsTransposed => transposed;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Expected { get; } =
    [
        $"{prefix}train-images-idx3-ubyte.gz",
        $"{prefix}train-labels-idx1-ubyte.gz",
        $"{prefix}{testPrefix}-images-idx3-ubyte.gz",
        $"{prefix}{testPrefix}-labels-idx1-ubyte.gz",
    ];

    /// <inheritdoc/>
    public override FoundSet? Find(string place, DataOptions options)
    {
        string?[] files = [.. Expected.Select(name => Existing(place, name))];
        return files is [string trainImages, string trainLabels, string testImages, string testLabels]
            ? new FoundSet(place, [trainImages, trainLabels, testImages, testLabels], context => Read(
                place,
                context,
                DataFile.On(trainImages, context.Set),
                DataFile.On(trainLabels, context.Set),
                DataFile.On(testImages, context.Set),
                DataFile.On(testLabels, context.Set)))
            : null;
    }

    /// <summary>Reads four files wherever they are.</summary>
    public RawImages Read(string origin, ReadContext context, DataFile trainImages, DataFile trainLabels, DataFile testImages, DataFile testLabels)
    {
        (RawPart train, ImageShape shape) = Part(context, trainImages, trainLabels);
        (RawPart test, ImageShape testShape) = Part(context, testImages, testLabels);
        return shape == testShape
            ? new RawImages(shape, classes, train, test, origin)
            : throw testImages.Bad($"test images are {testShape}, training images {shape}");
    }

    private (RawPart Part, ImageShape Shape) Part(ReadContext context, DataFile images, DataFile labels)
    {
        context.Report(DataActivity.Reading, Path.GetFileName(images.Name), 0, null);
        (byte[] pixels, int count, int height, int width) = IdxFile.ReadImages(images);
        context.Report(DataActivity.Reading, Path.GetFileName(labels.Name), 0, null);
        byte[] stored = IdxFile.ReadLabels(labels);
        if (stored.Length != count)
        {
            throw labels.Bad($"{stored.Length} labels for the {count} images of {images.Name}");
        }

        int[] targets = new int[count];
        for (int i = 0; i < count; i++)
        {
            targets[i] = stored[i] - firstLabel;
            if ((uint)targets[i] >= (uint)classes.Count)
            {
                throw labels.Bad(8 + i, $"label {stored[i]} of image {i}; labels are {firstLabel} to {firstLabel + classes.Count - 1}");
            }
        }

        return transposed
            ? (new RawPart(Transpose(pixels, height, width), targets), new ImageShape(1, width, height))
            : (new RawPart(pixels, targets), new ImageShape(1, height, width));
    }

    /// <summary>Images stored column by column, row by row.</summary>
    public static byte[] Transpose(byte[] pixels, int height, int width)
    {
        byte[] turned = new byte[pixels.Length];
        int area = height * width;
        for (int start = 0; start < pixels.Length; start += area)
        {
            for (int row = 0; row < height; row++)
            {
                for (int column = 0; column < width; column++)
                {
                    turned[start + (column * height) + row] = pixels[start + (row * width) + column];
                }
            }
        }

        return turned;
    }

    // As downloaded, unpacked, or unpacked with the dot that some tools put for the dash.
    private static string? Existing(string folder, string name)
    {
        string bare = Path.GetFileNameWithoutExtension(name);
        string[] spellings = [name, bare, bare.Replace("-idx", ".idx", StringComparison.Ordinal)];
        return spellings.Select(spelling => Path.Combine(folder, spelling)).FirstOrDefault(File.Exists);
    }
}
