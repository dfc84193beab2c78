using System.Globalization;
using Sweeper.Training.Data.Formats.Tables;

namespace Sweeper.Training.Data.Sets.Tables;

/// <summary>
/// What is to be predicted of a table's rows: classes, the texts of its target column (whole numbers are the same however they are
/// written), or its numbers.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="Column">Its target column.</param>
/// <param name="Names">Class of each row, by name; none where numbers are predicted.</param>
internal sealed record TableTarget(TableFile Table, TableColumn Column, IReadOnlyList<string> Names)
{
    /// <summary>Parts of equal size that numbers are sorted into, so that every part of the data has small and large ones.</summary>
    private const int Tenths = 10;

    private bool IsRegression => Names.Count == 0;

    /// <summary>Most classes: more are no classes.</summary>
    private const int MostClasses = 1000;

    /// <summary>The target of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="name">Name of the target column.</param>
    /// <param name="regression">Whether its numbers are predicted; otherwise classes.</param>
    /// <exception cref="DataSetException">There is no such column, or it holds no classes, or no numbers.</exception>
    public static TableTarget Of(TableFile table, string name, bool regression)
    {
        TableColumn column = table.Find(name) ?? throw table.Bad(Absent(table, name));
        if (regression && column.FirstWord is var (place, text))
        {
            throw table.Bad($"the target '{name}' holds '{text}' in {table.At(place)}; task regression predicts numbers (write 1.5, not 1,5). Leave data.task out to tell classes apart");
        }

        if (column is { HasTooManyTexts: true, IsNumeric: false })
        {
            throw table.Bad(TooMany(name));
        }

        int[] missing = [.. Enumerable.Range(0, table.Count).Where(column.IsMissing)];
        if (missing.Length > 0)
        {
            string more = missing.Length == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" and {missing.Length - 1} more");
            throw table.Bad($"the target '{name}' is missing in {table.At(missing[0])}{more}; fill it in, or leave these rows out");
        }

        if (regression)
        {
            return new TableTarget(table, column, []);
        }

        int fraction = column.IsNumeric ? Enumerable.Range(0, table.Count).FirstOrDefault(row => column.Numbers[row] != Math.Floor(column.Numbers[row]), -1) : -1;
        if (fraction >= 0)
        {
            throw table.Bad($"the target '{name}' holds numbers with fractions, {Number(column.Numbers[fraction])} in {table.At(fraction)}; classes are whole numbers or words. To predict the number itself, set data.task: regression");
        }

        if (column.HasTooManyTexts)
        {
            throw table.Bad(TooMany(name));
        }

        return new TableTarget(table, column, [.. Enumerable.Range(0, table.Count).Select(row => column.IsNumeric ? Number(column.Numbers[row]) : column.TextOf(row)!)]);
    }

    /// <summary>The different classes, whole numbers in rising order, words by the alphabet; none where numbers are predicted.</summary>
    /// <exception cref="DataSetException">There is one class, or far too many.</exception>
    public string[] Classes()
    {
        if (IsRegression)
        {
            return [];
        }

        string[] names = [.. Names.Distinct()];
        string[] classes = Column.IsNumeric
            ? [.. names.OrderBy(name => double.Parse(name, CultureInfo.InvariantCulture))]
            : [.. names.Order(StringComparer.Ordinal)];
        return classes.Length switch
        {
            1 => throw Table.Bad($"the target '{Column.Name}' is '{classes[0]}' in every row; a classifier needs at least 2 classes"),
            > MostClasses => throw Table.Bad($"the target '{Column.Name}' holds {classes.Length} different values; at most {MostClasses} are classes"),
            _ when classes.Length > 2 && classes.Length == Names.Count => throw Table.Bad(
                $"the target '{Column.Name}' is different in every row; a class needs several rows. Name the column that holds the classes{(Column.IsNumeric ? ", or set data.task: regression to predict the number" : "")}"),
            _ => classes,
        };
    }

    /// <summary>Place of each row's class; of a number the tenth of the rows that it falls into, equal numbers into the same.</summary>
    /// <param name="classes">The classes.</param>
    /// <exception cref="DataSetException">A row is of none of them.</exception>
    public int[] Labels(IReadOnlyList<string> classes)
    {
        if (IsRegression)
        {
            double[] sorted = [.. Column.Numbers.Order()];
            return [.. Column.Numbers.Select(number => (int)((long)Below(sorted, number) * Tenths / sorted.Length))];
        }

        Dictionary<string, int> places = classes.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        int strange = Enumerable.Range(0, Names.Count).FirstOrDefault(row => !places.ContainsKey(Names[row]), -1);
        return strange < 0
            ? [.. Names.Select(name => places[name])]
            : throw Table.Bad($"{Table.At(strange)}: class '{Names[strange]}' is not among the training rows' ({NameList.Of(classes)}); leave its rows out, or add some to the training file");
    }

    /// <summary>How the numbers are scaled, by the training rows alone; null for classes.</summary>
    /// <param name="rows">Training rows.</param>
    /// <exception cref="DataSetException">They are all the same.</exception>
    public TargetScale? ScaleOf(int[] rows)
    {
        if (!IsRegression)
        {
            return null;
        }

        double mean = rows.Average(row => Column.Numbers[row]);
        double deviation = Math.Sqrt(rows.Average(row => (Column.Numbers[row] - mean) * (Column.Numbers[row] - mean)));
        return deviation > 0
            ? new TargetScale(Column.Name, mean, deviation)
            : throw Table.Bad($"the target '{Column.Name}' is {Number(mean)} in every training row; there is nothing to predict");
    }

    /// <summary>The scaled numbers of some rows.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="scale">How they are scaled.</param>
    public float[] Scaled(int[] rows, TargetScale scale) => Array.ConvertAll(rows, row => scale.ToNetwork(Column.Numbers[row]));

    private static int Below(double[] sorted, double number)
    {
        (int low, int high) = (0, sorted.Length);
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = sorted[middle] < number ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static string TooMany(string name) =>
        $"the target '{name}' holds more than {TableColumn.MostTexts} different values; at most {MostClasses} are classes. Is it a measurement (data.task: regression predicts it), or the number of the row?";

    private static string Absent(TableFile table, string name)
    {
        string[] names = [.. table.Columns.Select(column => column.Name)];
        return $"there is no column '{name}'; did you mean '{NearestName.To(name, names)}'? There are {NameList.Of(names)}";
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
