using Sweeper.Training.Data.Formats.Tables;

namespace Sweeper.Training.Data.Sets.Tables;

/// <summary>How a column becomes features; everything in it was learned from the training rows.</summary>
internal abstract record FeatureColumn
{
    private FeatureColumn(string name) => Name = name;

    /// <summary>Name of the column.</summary>
    public string Name { get; }

    /// <summary>Features that it makes.</summary>
    public abstract int Width { get; }

    /// <summary>Writes the features of one cell.</summary>
    public abstract void Write(TableColumn column, int row, Span<float> features);

    /// <summary>A column of numbers: less an offset and over a scale; a missing number counts as the mean.</summary>
    public sealed record Numeric(string Column, double Mean, double Offset, double Scale) : FeatureColumn(Column)
    {
        /// <inheritdoc/>
        public override int Width => 1;

        /// <inheritdoc/>
        public override void Write(TableColumn column, int row, Span<float> features)
        {
            double value = column.Numbers[row];
            features[0] = (float)(((double.IsNaN(value) ? Mean : value) - Offset) / Scale);
        }
    }

    /// <summary>A column of words: one feature each, 1 where the cell holds it; a missing or unknown word leaves all at 0.</summary>
    public sealed record Categories(string Column, IReadOnlyDictionary<string, int> Words) : FeatureColumn(Column)
    {
        /// <inheritdoc/>
        public override int Width => Words.Count;

        /// <inheritdoc/>
        public override void Write(TableColumn column, int row, Span<float> features)
        {
            features.Clear();
            if (column.HasTooManyTexts || column.TextOf(row) is not { } word || !Words.TryGetValue(word, out int place))
            {
                return;
            }

            features[place] = 1;
        }
    }
}
