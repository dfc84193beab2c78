using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Contracts.Specs;

/// <summary>Axes of the hyperparameters that a model of a user's own declares.</summary>
/// <param name="List">At least one, in the order of the spec, each name once.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.ModelAxes")]
public sealed record ModelAxes(ImmutableArray<ModelAxis> List)
{
    /// <summary>Whether both say the same; an immutable array alone compares by reference.</summary>
    public bool Equals(ModelAxes? other) => other is not null && List.AsSpan().SequenceEqual(other.List.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => List.IsDefault ? 0 : List.Aggregate(0, HashCode.Combine);

    /// <summary>The greatest value of each, of words the first: where sizes are searched, the largest network.</summary>
    public ModelSettings? Greatest() =>
        ModelSettings.Of(List.Select(axis => axis.At(axis.Words.IsEmpty ? AxisGrid.Greatest(axis.Axis) ?? 0 : 0)));

    /// <summary>The axes with one value each.</summary>
    /// <param name="settings">The values.</param>
    public static ModelAxes? At(ModelSettings? settings) => settings is null
        ? null
        : new ModelAxes([.. settings.List.Select(setting => setting.Word is { } word
            ? new ModelAxis(setting.Name, new AxisSpec.Values([0]), [word])
            : new ModelAxis(setting.Name, new AxisSpec.Values([setting.Number ?? 0]), []))]);
}

/// <summary>Axis of one hyperparameter of a model.</summary>
/// <param name="Name">Name, as the model declares it.</param>
/// <param name="Axis">Its values; of words their places in <paramref name="Words"/>.</param>
/// <param name="Words">The words that it chooses among; empty: it takes numbers.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.ModelAxis")]
public sealed record ModelAxis(string Name, AxisSpec Axis, ImmutableArray<string> Words)
{
    /// <summary>What the names of such axes begin with among all axes.</summary>
    public const string Prefix = "model.";

    /// <summary>Its name among all axes, such as <c>model.width</c>.</summary>
    public string Key => Prefix + Name;

    /// <summary>Whether both say the same; an immutable array alone compares by reference.</summary>
    public bool Equals(ModelAxis? other) =>
        other is not null && Name == other.Name && Axis.Equals(other.Axis) && Words.AsSpan().SequenceEqual(other.Words.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Axis, Words.IsDefault ? 0 : Words.Length);

    /// <summary>The setting that a value of the axis stands for.</summary>
    public ModelSetting At(double value) => Words.IsEmpty ? new ModelSetting(Name, value) : new ModelSetting(Name, null, Words[(int)value]);

    /// <summary>Value of the axis that stands for a setting; NaN where none does.</summary>
    public double Of(ModelSetting? setting) => setting switch
    {
        { Word: { } word } => Words.IndexOf(word) is >= 0 and var place ? place : double.NaN,
        { Number: { } number } when Words.IsEmpty => number,
        _ => double.NaN,
    };
}
