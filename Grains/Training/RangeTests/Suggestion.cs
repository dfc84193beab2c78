namespace Sweeper.Training.RangeTests;

/// <summary>A rule's answer: a learning rate, or the reason why there is none.</summary>
public abstract record Suggestion
{
    private Suggestion()
    {
    }

    /// <summary>The learning rate; null where there is none.</summary>
    public double? LearningRateOrNull => (this as Found)?.LearningRate;

    /// <summary>The rule suggests a rate.</summary>
    /// <param name="LearningRate">Greater than 0.</param>
    public sealed record Found(double LearningRate) : Suggestion;

    /// <summary>The rule cannot answer.</summary>
    /// <param name="Reason">Why, in words.</param>
    public sealed record None(string Reason) : Suggestion;
}
