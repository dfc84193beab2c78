using Sweeper.Training.Data;

namespace Sweeper.Training.RangeTests;

/// <summary>Every rule at once. Pure; a curve that a rule cannot read gives a reason, never an exception.</summary>
public static class RangeTestRules
{
    /// <summary>What the rules make of a curve.</summary>
    /// <param name="curve">What was measured.</param>
    /// <param name="plannedSteps">Steps of the whole ramp, taken or not.</param>
    /// <param name="task">What is learned; of classes, at least 2.</param>
    /// <param name="usualLearningRate">Rate that such a network is usually trained with; null: not known.</param>
    public static RangeTestSuggestions Suggest(RangeTestCurve curve, int plannedSteps, LearningTask task, double? usualLearningRate = null)
    {
        ArgumentNullException.ThrowIfNull(curve);
        ArgumentOutOfRangeException.ThrowIfLessThan(task.Outputs, task.IsRegression ? 1 : 2, nameof(task));
        LossCurve losses = LossCurve.Of(curve.Points, plannedSteps);
        return new(
            SmithRule.Read(curve, task, usualLearningRate),
            LossRules.Valley(losses),
            LossRules.Slide(losses),
            LossRules.Minimum(losses),
            LossRules.Steep(losses));
    }
}
