namespace Sweeper.Contracts.Specs;

/// <summary>What trials are ranked by: a metric on a set of images.</summary>
/// <param name="Set">Images; the test images stand in where there is no validation split.</param>
/// <param name="By">Metric.</param>
public readonly record struct Ranking(SelectionSet Set, Metric By = Metric.Accuracy)
{
    /// <summary>By accuracy on a set.</summary>
    /// <param name="set">Images.</param>
    public static implicit operator Ranking(SelectionSet set) => FromSelectionSet(set);

    /// <summary>By accuracy on a set.</summary>
    /// <param name="set">Images.</param>
    public static Ranking FromSelectionSet(SelectionSet set) => new(set);

    /// <summary>In words: <c>validation accuracy</c>, <c>test log loss</c>.</summary>
    public string Words => $"{(Set == SelectionSet.Test ? "test" : "validation")} {By.Words()}";
}
