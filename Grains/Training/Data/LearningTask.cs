namespace Sweeper.Training.Data;

/// <summary>What a network learns to say: which of some classes, or a number.</summary>
/// <param name="Outputs">Values that it answers with: a logit a class, or the one number.</param>
/// <param name="IsRegression">Whether it is a number.</param>
public readonly record struct LearningTask(int Outputs, bool IsRegression = false)
{
    /// <summary>A number, in standard deviations of the training rows' targets from their mean.</summary>
    public static LearningTask Regression { get; } = new(1, IsRegression: true);

    /// <summary>Loss of a network that knows nothing: ln(classes) nats, or the variance of the scaled targets, 1.</summary>
    public double LossOfGuessing => IsRegression ? 1 : Math.Log(Outputs);

    /// <summary>Accuracy of guessing, or R² of answering the mean: 0.</summary>
    public double ScoreOfGuessing => IsRegression ? 0 : 1.0 / Outputs;

    /// <summary>What is measured on held-out data, in a word: <c>accuracy</c>, or <c>R²</c>.</summary>
    public string ScoreWord => IsRegression ? "R²" : "accuracy";

    /// <summary>One of so many classes.</summary>
    /// <param name="classes">Classes.</param>
    public static implicit operator LearningTask(int classes) => FromInt32(classes);

    /// <summary>One of so many classes.</summary>
    /// <param name="classes">Classes.</param>
    public static LearningTask FromInt32(int classes) => new(classes);
}
