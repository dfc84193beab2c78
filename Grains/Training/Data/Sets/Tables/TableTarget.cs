using System.Globalization;
using Sweeper.Training.Data.Formats.Tables;

namespace Sweeper.Training.Data.Sets.Tables;

/// <summary>The classes of a table's rows: the texts of its target column. Whole numbers are the same however they are written.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">Its target column.</param>
/// <param name="Names">Class of each row, by name.</param>
internal sealed record TableTarget(TableFile Table, TableColumn Column, IReadOnlyList<string> Names)
{
    /// <summary>Most classes: more are no classes.</summary>
    private const int MostClasses = 1000;

    /// <summary>The target of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="name">Name of the target column.</param>
    /// <exception cref="DataSetException">There is no such column, or it holds no classes.</exception>
    public static TableTarget Of(TableFile table, string name)
    {
        TableColumn column = table.Find(name) ?? throw table.Bad(Absent(table, name));
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

        int fraction = column.IsNumeric ? Enumerable.Range(0, table.Count).FirstOrDefault(row => column.Numbers[row] != Math.Floor(column.Numbers[row]), -1) : -1;
        if (fraction >= 0)
        {
            throw table.Bad($"the target '{name}' holds numbers with fractions, {Number(column.Numbers[fraction])} in {table.At(fraction)}; classes are whole numbers or words. To predict a measurement, sort it into classes first");
        }

        if (column.HasTooManyTexts)
        {
            throw table.Bad(TooMany(name));
        }

        return new TableTarget(table, column, [.. Enumerable.Range(0, table.Count).Select(row => column.IsNumeric ? Number(column.Numbers[row]) : column.TextOf(row)!)]);
    }

    /// <summary>The different classes, whole numbers in rising order, words by the alphabet.</summary>
    /// <exception cref="DataSetException">There is one class, or far too many.</exception>
    public string[] Classes()
    {
        string[] names = [.. Names.Distinct()];
        string[] classes = Column.IsNumeric
            ? [.. names.OrderBy(name => double.Parse(name, CultureInfo.InvariantCulture))]
            : [.. names.Order(StringComparer.Ordinal)];
        return classes.Length switch
        {
            1 => throw Table.Bad($"the target '{Column.Name}' is '{classes[0]}' in every row; a classifier needs at least 2 classes"),
            > MostClasses => throw Table.Bad($"the target '{Column.Name}' holds {classes.Length} different values; at most {MostClasses} are classes"),
            _ when classes.Length > 2 && classes.Length == Names.Count => throw Table.Bad(
                $"the target '{Column.Name}' is different in every row; a class needs several rows. Name the column that holds the classes"),
            _ => classes,
        };
    }

    /// <summary>Place of each row's class.</summary>
    /// <param name="classes">The classes.</param>
    /// <exception cref="DataSetException">A row is of none of them.</exception>
    public int[] Labels(IReadOnlyList<string> classes)
    {
        Dictionary<string, int> places = classes.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        int strange = Enumerable.Range(0, Names.Count).FirstOrDefault(row => !places.ContainsKey(Names[row]), -1);
        return strange < 0
            ? [.. Names.Select(name => places[name])]
            : throw Table.Bad($"{Table.At(strange)}: class '{Names[strange]}' is not among the training rows' ({Listed(classes)}); leave its rows out, or add some to the training file");
    }

    private static string TooMany(string name) =>
        $"the target '{name}' holds more than {TableColumn.MostTexts} different values; at most {MostClasses} are classes. Is it a measurement, or the number of the row?";

    private static string Absent(TableFile table, string name)
    {
        string[] names = [.. table.Columns.Select(column => column.Name)];
        return $"there is no column '{name}'; did you mean '{NearestName.To(name, names)}'? There are {Listed(names)}";
    }

    private static string Listed(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(20)) + (names.Count > 20 ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - 20} more") : "");

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
