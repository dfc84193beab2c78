using Sweeper.Training.Data.Formats.Tables;
using Sweeper.Training.Models;

namespace Sweeper.Training.Data.Sets.Tables;

/// <summary>
/// A table of rows to classify: one CSV or Parquet file, of which a fifth of each class is set aside as the test part by seed, or
/// a second one with the test rows. Numbers are scaled, words become features of 0 and 1; both by the training rows alone.
/// </summary>
internal sealed class TableReader : DataSetReader
{
    private const int FewestRows = 10;

    private const int MostNames = 20;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Expected { get; } = ["a .csv or .parquet file"];

    /// <inheritdoc/>
    public override FoundSet? Find(string place, DataOptions options) => !File.Exists(place)
        ? null
        : new FoundSet(place, options.TestPath is { } test ? [place, test] : [place], context => Read(place, options, context));

    private static RawImages Read(string path, DataOptions options, ReadContext context)
    {
        string name = options.Target ?? throw new DataSetException($"{path}: no target is named: the column that holds the classes.");
        if (options.TestPath is { } named && !File.Exists(named))
        {
            throw new DataSetException($"{named}: there is no such file. The test path names a .csv or .parquet file of the same columns.");
        }

        TableFile table = TableFile.Read(path, context);
        TableTarget target = TableTarget.Of(table, name);
        string[] classes = target.Classes();
        int[] labels = target.Labels(classes);
        TableFile tested = options.TestPath is { } testPath ? ReadTest(testPath, table, context) : table;
        (int[] train, int[] test) = ReferenceEquals(tested, table) ? Split(table, labels, options.Seed) : (All(table), All(tested));
        int[] testLabels = ReferenceEquals(tested, table) ? labels : TableTarget.Of(tested, name).Labels(classes);
        train = Cut(train, labels, classes.Length, options);

        FeatureFitter fitter = new(table, train, options.Scaling);
        FeatureColumn[] columns = [.. table.Columns.Where(column => column.Name != name).Select(fitter.Of)];
        int width = columns.Sum(column => column.Width);
        long values = (long)width * Math.Max(train.Length, test.Length);
        if (values > Array.MaxLength / sizeof(float))
        {
            throw table.Bad($"{train.Length} rows of {width} features are more than {Array.MaxLength} bytes; leave columns or rows out");
        }

        return new RawImages(
            ImageShape.RowOf(width), classes, Encode(table, columns, width, train, labels), Encode(tested, columns, width, test, testLabels), $"{path}: {Words(columns)}");
    }

    /// <summary>What each column was taken for.</summary>
    private static string Words(FeatureColumn[] columns)
    {
        (string Kind, string[] Names)[] kinds =
        [
            ("numbers", [.. columns.OfType<FeatureColumn.Numeric>().Select(column => column.Name)]),
            ("words", [.. columns.OfType<FeatureColumn.Categories>().Select(column => FormattableString.Invariant($"{column.Name} ({column.Width} words)"))]),
        ];
        return string.Join("; ", kinds.Where(kind => kind.Names.Length > 0).Select(kind => $"{kind.Kind} in {Some(kind.Names)}"));

        static string Some(string[] names) => string.Join(", ", names.Take(MostNames)) + (names.Length > MostNames ? FormattableString.Invariant($" and {names.Length - MostNames} more") : "");
    }

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
    private static int[] Cut(int[] train, int[] labels, int classes, DataOptions options) => options.TrainSize is { } size && size >= classes && size < train.Length
        ? Array.ConvertAll(TrainSubset.Of(Array.ConvertAll(train, row => labels[row]), size, options.Seed), place => train[place])
        : train;

    private static int[] All(TableFile table) => [.. Enumerable.Range(0, table.Count)];

    private static RawPart Encode(TableFile table, FeatureColumn[] columns, int width, int[] rows, int[] labels)
    {
        float[] features = new float[rows.Length * width];
        int start = 0;
        foreach (FeatureColumn column in columns)
        {
            TableColumn cells = table.Find(column.Name)!; // both files have the same columns
            if (column is FeatureColumn.Numeric && cells.FirstWord is var (place, text))
            {
                throw table.Bad($"{table.At(place)}: column '{column.Name}' holds '{text}', but numbers in the training rows; write a number, or leave the cell empty");
            }

            for (int i = 0; i < rows.Length; i++)
            {
                column.Write(cells, rows[i], features.AsSpan((i * width) + start, column.Width));
            }

            start += column.Width;
        }

        return new RawPart([], Array.ConvertAll(rows, row => labels[row]), features);
    }
}
