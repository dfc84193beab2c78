namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Numbers that each axis takes.</summary>
internal static class AxisRanges
{
    /// <summary>Of <c>max_lr</c>.</summary>
    public static readonly NumberRange MaxLearningRate = new(0, 1000) { AboveMin = true };

    /// <summary>Of <c>batch_size</c>.</summary>
    public static readonly NumberRange BatchSize = new(1, 1_000_000) { Whole = true };

    /// <summary>Of <c>weight_decay</c>.</summary>
    public static readonly NumberRange WeightDecay = new(0, 1000);

    /// <summary>Of <c>dropout</c>.</summary>
    public static readonly NumberRange Dropout = new(0, 1) { BelowMax = true, Percent = true };

    /// <summary>Axes that a condition may look at, with the numbers that they take; null: sizes, which may be "all".</summary>
    public static readonly (string Axis, NumberRange? Range)[] Conditions =
    [
        (SearchAxes.TrainSize, null),
        (SearchAxes.BatchSize, BatchSize),
        (SearchAxes.WeightDecay, WeightDecay),
        (SearchAxes.Dropout, Dropout),
        (SearchAxes.MaxLearningRate, MaxLearningRate),
    ];
}
