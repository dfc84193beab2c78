using System.Globalization;

namespace Sweeper.Training.Data.Formats.Tables;

/// <summary>
/// One column of a table, cell by cell: its numbers, and its different texts while these are few enough to be classes or
/// categories. A cell that is empty or says NA, N/A, NaN, null or ? is missing.
/// </summary>
/// <param name="name">Name in the header.</param>
internal sealed class TableColumn(string name)
{
    /// <summary>Different texts that are kept; of a column with more, the numbers alone.</summary>
    public const int MostTexts = 1024;

    private static readonly HashSet<string> MissingWords = new(["", "NA", "N/A", "NaN", "null", "?"], StringComparer.OrdinalIgnoreCase);

    private readonly List<double> _numbers = [];
    private readonly List<int> _codes = [];
    private readonly List<string> _texts = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>Name in the header.</summary>
    public string Name => name;

    /// <summary>Cells so far.</summary>
    public int Count => _numbers.Count;

    /// <summary>Numbers of the cells; not a number where a cell is missing or holds something else.</summary>
    public IReadOnlyList<double> Numbers => _numbers;

    /// <summary>Whether it holds more than <see cref="MostTexts"/> different texts, and so no <see cref="TextOf"/>.</summary>
    public bool HasTooManyTexts { get; private set; }

    /// <summary>Cells that hold a number.</summary>
    public int NumberCount { get; private set; }

    /// <summary>Cells that hold something that is no number.</summary>
    public int WordCount { get; private set; }

    /// <summary>The first such cell: its place and what it holds; null where there is none.</summary>
    public (int Place, string Text)? FirstWord { get; private set; }

    /// <summary>Whether there is anything in it, and all that there is is a number.</summary>
    public bool IsNumeric => NumberCount > 0 && WordCount == 0;

    /// <summary>Whether a cell is missing. Not for a column of too many texts that are no numbers.</summary>
    public bool IsMissing(int place) => HasTooManyTexts ? double.IsNaN(_numbers[place]) : _codes[place] < 0;

    /// <summary>Text of a cell; null where it is missing. Not for a column of too many texts.</summary>
    public string? TextOf(int place) => _codes[place] is >= 0 and var code ? _texts[code] : null;

    /// <summary>Takes the next cell.</summary>
    public void Add(string cell)
    {
        string text = cell.Trim();
        bool missing = MissingWords.Contains(text);
        double? number = missing ? null : NumberOf(text);
        if (number is not null)
        {
            NumberCount++;
        }
        else if (!missing)
        {
            WordCount++;
            FirstWord ??= (Count, text);
        }

        _numbers.Add(number ?? double.NaN);
        if (!HasTooManyTexts)
        {
            _codes.Add(missing ? -1 : CodeOf(text));
            Forget();
        }
    }

    // What float32 cannot hold is no number to a network.
    private static double? NumberOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && Math.Abs(value) <= float.MaxValue ? value : null;

    private int CodeOf(string text)
    {
        if (!_places.TryGetValue(text, out int code))
        {
            code = _texts.Count;
            _texts.Add(text);
            _places.Add(text, code);
        }

        return code;
    }

    private void Forget()
    {
        if (_texts.Count > MostTexts)
        {
            HasTooManyTexts = true;
            _codes.Clear();
            _codes.TrimExcess();
            _texts.Clear();
            _places.Clear();
        }
    }
}
