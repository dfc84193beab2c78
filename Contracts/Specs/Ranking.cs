namespace Sweeper.Contracts.Specs;

/// <summary>What trials are ranked by: a metric on a set of images.</summary>
/// <param name="Set">Images; the test images stand in where there is no validation split.</param>
/// <param name="By">Metric.</param>
/// <param name="Own">Name of a metric of the user's own, with <see cref="Metric.Own"/>; else null.</param>
public readonly record struct Ranking(SelectionSet Set, Metric By = Metric.Accuracy, string? Own = null)
{
    /// <summary>By accuracy on a set.</summary>
    /// <param name="set">Images.</param>
    public static implicit operator Ranking(SelectionSet set) => FromSelectionSet(set);

    /// <summary>By accuracy on a set.</summary>
    /// <param name="set">Images.</param>
    public static Ranking FromSelectionSet(SelectionSet set) => new(set);

    /// <summary>The metric as a person reads it: <c>macro F1</c>, or the name of one of the user's own.</summary>
    public string MetricWords => Own ?? By.Words();

    /// <summary>The metric as a spec writes it.</summary>
    public string MetricWord => Own ?? By.Word();

    /// <summary>In words: <c>validation accuracy</c>, <c>test log loss</c>.</summary>
    public string Words => $"{(Set == SelectionSet.Test ? "test" : "validation")} {MetricWords}";
}
