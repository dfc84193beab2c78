using System.Globalization;
using System.Text.RegularExpressions;
using Sweeper.Training.Data.Formats.Tables;

namespace Sweeper.Training.Data.Sets.Tables;

/// <summary>Decides how the columns of a table become features, from its training rows alone.</summary>
/// <param name="table">The table.</param>
/// <param name="rows">Its training rows.</param>
/// <param name="scaling">How numbers are scaled.</param>
internal sealed partial class FeatureFitter(TableFile table, IReadOnlyList<int> rows, PixelScaling scaling)
{
    /// <summary>Most words of a column: each makes a feature.</summary>
    private const int MostWords = 256;

    /// <summary>Rows from which on a word for each is a name or a number of the row.</summary>
    private const int ManyRows = 10;

    /// <summary>How a column becomes features.</summary>
    /// <exception cref="DataSetException">Nothing can be made of it; says where, and what would be right.</exception>
    public FeatureColumn Of(TableColumn column)
    {
        if (column.WordCount > 0 && column.NumberCount > column.WordCount)
        {
            (int place, string text) = column.FirstWord!.Value; // there are words
            throw table.Bad($"{table.At(place)}: column '{column.Name}' holds '{Short(text)}', but numbers in {N(column.NumberCount)} of {N(column.Count)} rows; write a number (1.5, not 1,5; at most 3.4e38), or leave the cell empty where there is none");
        }

        if (column.FirstWord is var (first, number) && IsOfDecimalCommas(column))
        {
            throw table.Bad($"{table.At(first)}: column '{column.Name}' holds '{Short(number)}', as every row of it a number with a comma; write 1.5, not 1,5");
        }

        return column.WordCount == 0 ? Numeric(column) : Categories(column);
    }

    private static bool IsOfDecimalCommas(TableColumn column) => column.NumberCount == 0 && !column.HasTooManyTexts
        && Enumerable.Range(0, column.Count).Select(column.TextOf).OfType<string>().All(text => DecimalComma().IsMatch(text));

    [GeneratedRegex(@"^[+-]?[0-9]+,[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalComma();

    private FeatureColumn.Numeric Numeric(TableColumn column)
    {
        double[] values = [.. rows.Select(row => column.Numbers[row]).Where(value => !double.IsNaN(value))];
        if (values.Length == 0)
        {
            throw table.Bad($"column '{column.Name}' is empty in every training row; leave it out of the file");
        }

        double mean = values.Average();
        (double offset, double scale) = scaling == PixelScaling.Unit
            ? (values.Min(), values.Max() - values.Min())
            : (mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
        // A constant column says nothing; over 1 it stays finite.
        return new FeatureColumn.Numeric(column.Name, mean, offset, scale > 0 ? scale : 1);
    }

    private FeatureColumn.Categories Categories(TableColumn column)
    {
        if (column.HasTooManyTexts)
        {
            throw table.Bad(TooMany(column, $"more than {N(TableColumn.MostTexts)}"));
        }

        string[] cells = [.. rows.Select(column.TextOf).OfType<string>()];
        string[] words = [.. cells.Distinct().Order(StringComparer.Ordinal)];
        return words.Length switch
        {
            0 => throw table.Bad($"column '{column.Name}' is empty in every training row; leave it out of the file"),
            > MostWords => throw table.Bad(TooMany(column, N(words.Length))),
            >= ManyRows when words.Length == cells.Length => throw table.Bad(TooMany(column, "in every row another, together " + N(words.Length))),
            _ => new FeatureColumn.Categories(column.Name, words.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal)),
        };
    }

    private string TooMany(TableColumn column, string count)
    {
        (int place, string text) = column.FirstWord!.Value; // it holds words
        return $"column '{column.Name}' holds {count} different texts, such as '{Short(text)}' in {table.At(place)}; at most {MostWords} are categories. Leave a name, date or number of the row out of the file; write numbers as 1.5";
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "...";

    private static string N(int count) => count.ToString(CultureInfo.InvariantCulture);
}
