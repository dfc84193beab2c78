using Sweeper.Training.Data.Formats.Tables;
using Sweeper.Training.Models;

namespace Sweeper.Training.Data.Sets.Tables;

/// <summary>
/// A table of rows to classify, or to predict a number of: one CSV or Parquet file, of which a fifth of each class, or of each tenth of
/// the numbers, is set aside as the test part by seed, or a second one with the test rows. Numbers are scaled, words become features of
/// 0 and 1; both by the training rows alone.
/// </summary>
internal sealed class TableReader : DataSetReader
{
    private const int FewestRows = 10;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Expected { get; } = ["a .csv or .parquet file"];

    /// <inheritdoc/>
    public override FoundSet? Find(string place, DataOptions options) => !File.Exists(place)
        ? null
        : new FoundSet(place, options.TestPath is { } test ? [place, test] : [place], context => Read(place, options, context));

    private static RawImages Read(string path, DataOptions options, ReadContext context)
    {
        string name = options.Target ?? throw new DataSetException($"{path}: no target is named: the column that holds what is to be predicted.");
        if (options.TestPath is { } named && !File.Exists(named))
        {
            throw new DataSetException($"{named}: there is no such file. The test path names a .csv or .parquet file of the same columns.");
        }

        TableFile table = TableFile.Read(path, context);
        TableTarget target = TableTarget.Of(table, name, options.Regression);
        string[] classes = target.Classes();
        int[] labels = target.Labels(classes);
        TableFile tested = options.TestPath is { } testPath ? ReadTest(testPath, table, context) : table;
        bool hasOwnTest = !ReferenceEquals(tested, table);
        (int[] train, int[] test) = hasOwnTest ? (All(table), All(tested)) : Split(table, labels, options.Seed);
        train = Cut(train, labels, classes.Length, options);

        FeatureFitter fitter = new(table, train, options.Scaling);
        TableEncoding encoding = new(name, [.. table.Columns.Where(column => column.Name != name).Select(fitter.Of)], target.ScaleOf(train));
        long values = (long)encoding.Width * Math.Max(train.Length, test.Length);
        if (values > Array.MaxLength / sizeof(float))
        {
            throw table.Bad($"{train.Length} rows of {encoding.Width} features are more than {Array.MaxLength} bytes; leave columns or rows out");
        }

        TableTarget testTarget = hasOwnTest ? TableTarget.Of(tested, name, options.Regression) : target;
        return new RawImages(
            ImageShape.RowOf(encoding.Width),
            classes,
            Part(encoding, target, train, labels),
            Part(encoding, testTarget, test, hasOwnTest ? testTarget.Labels(classes) : labels),
            $"{path}: {encoding.Words}")
        {
            Table = encoding,
        };
    }

    private static RawPart Part(TableEncoding encoding, TableTarget target, int[] rows, int[] labels) => new(
        [], Array.ConvertAll(rows, row => labels[row]), encoding.Encode(target.Table, rows), encoding.Target is { } scale ? target.Scaled(rows, scale) : null);

    private static TableFile ReadTest(string path, TableFile table, ReadContext context)
    {
        TableFile test = TableFile.Read(path, context);
        string[] names = [.. table.Columns.Select(column => column.Name)];
        string[] given = [.. test.Columns.Select(column => column.Name)];
        string[] wrong =
        [
            .. names.Except(given).Select(name => $"lacks column '{name}'"),
            .. given.Except(names).Select(name => $"has a column '{name}' that the training file lacks"),
        ];
        return wrong.Length == 0 ? test : throw test.Bad($"the test file {string.Join(", ", wrong.Take(5))}; both need the same columns");
    }

    private static (int[] Train, int[] Test) Split(TableFile table, int[] labels, long seed) =>
        table.Count >= FewestRows && TestShare.Of(labels, seed) is { } parts
            ? parts
            : throw table.Bad($"{table.Count} rows are too few to set a fifth of them aside as the test part; add rows, at least {FewestRows}, or a test path");

    // Here already, not after: what is not trained on must not decide how numbers are scaled.
    private static int[] Cut(int[] train, int[] labels, int classes, DataOptions options) => options.TrainSize is { } size && size >= Math.Max(2, classes) && size < train.Length
        ? Array.ConvertAll(TrainSubset.Of(Array.ConvertAll(train, row => labels[row]), size, options.Seed), place => train[place])
        : train;

    private static int[] All(TableFile table) => [.. Enumerable.Range(0, table.Count)];
}
