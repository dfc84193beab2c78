using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sweeper.Training.Data;
using Sweeper.Training.Data.Sets.Tables;

namespace Sweeper.Training.Saving;

/// <summary>How a row of a table becomes what a saved network sees, and what its answer stands for.</summary>
/// <param name="Target">Column that is predicted.</param>
/// <param name="TargetMean">Mean of the target over the training rows, where it is a number; else null.</param>
/// <param name="TargetDeviation">Standard deviation of the target over the training rows; else null.</param>
/// <param name="Columns">Columns in the order of the features that they make.</param>
public sealed record SavedTable(
    string Target,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? TargetMean,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? TargetDeviation,
    ImmutableArray<SavedColumn> Columns)
{
    /// <summary>Of an encoding.</summary>
    internal static SavedTable Of(TableEncoding encoding) => new(
        encoding.TargetName,
        encoding.Target?.Mean,
        encoding.Target?.Deviation,
        [
            .. encoding.Columns.Select(column => column is FeatureColumn.Numeric number
                ? new SavedColumn(number.Name, number.Mean, number.Offset, number.Scale, null)
                : new SavedColumn(column.Name, null, null, null, [.. ((FeatureColumn.Categories)column).Words.OrderBy(word => word.Value).Select(word => word.Key)])),
        ]);

    /// <summary>The encoding again.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    internal TableEncoding ToEncoding()
    {
        if (Columns.IsDefaultOrEmpty || (TargetMean is null) != (TargetDeviation is null) || TargetDeviation is <= 0)
        {
            throw new InvalidDataException("the description of its table lacks columns, or one of target_mean and target_deviation");
        }

        return new TableEncoding(
            Target,
            [.. Columns.Select(column => column.ToFeatures())],
            TargetMean is { } mean && TargetDeviation is { } deviation ? new TargetScale(Target, mean, deviation) : null);
    }
}

/// <summary>A column of a table: numbers, or words that make a feature each.</summary>
/// <param name="Name">Name in the header.</param>
/// <param name="Mean">Mean over the training rows, which a missing number counts as; null: words.</param>
/// <param name="Offset">What is taken from a number; null: words.</param>
/// <param name="Scale">What the rest is divided by; null: words.</param>
/// <param name="Words">Words in the order of their features; null: numbers.</param>
public sealed record SavedColumn(
    string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Mean,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Offset,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Scale,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<string>? Words)
{
    /// <summary>The column again.</summary>
    /// <exception cref="InvalidDataException">It is neither of the two.</exception>
    internal FeatureColumn ToFeatures() => (Mean, Offset, Scale, Words) switch
    {
        ({ } mean, { } offset, not (null or 0) and { } scale, null) => new FeatureColumn.Numeric(Name, mean, offset, scale),
        (null, null, null, { IsDefaultOrEmpty: false } words) when words.Distinct(StringComparer.Ordinal).Count() == words.Length =>
            new FeatureColumn.Categories(Name, words.Index().ToDictionary(word => word.Item, word => word.Index, StringComparer.Ordinal)),
        _ => throw new InvalidDataException($"column '{Name}' in the description of its table has neither mean, offset and scale nor different words"),
    };
}
