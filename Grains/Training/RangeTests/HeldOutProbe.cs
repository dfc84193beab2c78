using Sweeper.Training.Running;

namespace Sweeper.Training.RangeTests;

/// <summary>What a linear range test measures along its ramp.</summary>
public sealed record HeldOutProbe
{
    /// <summary>
    /// Which images; the test images stand in where there are no validation images. The papers read the test images;
    /// reading the validation images keeps them out of the search.
    /// </summary>
    public EvaluationImages Images { get; init; } = EvaluationImages.Validation;

    /// <summary>Readings along the ramp, evenly spaced; at least 50; a ramp of fewer steps is read after every step.</summary>
    public int Points { get; init; } = 60;

    /// <summary>
    /// Most images of a reading; at least 1: where there are more, a class-balanced subset of this size, the same at
    /// every point. The result says how many were used.
    /// </summary>
    public int MaxImages { get; init; } = 1000;

    /// <summary>Fewest readings: with fewer, a five-point average hides the edge that the test looks for.</summary>
    public const int FewestPoints = 50;

    /// <summary>Every reason why this cannot be measured; empty: it can. Pure.</summary>
    public IReadOnlyList<string> Check()
    {
        List<string> problems = [];
        if (Points < FewestPoints)
        {
            problems.Add(FormattableString.Invariant($"held-out accuracy is read at {Points} points; it must be at least {FewestPoints}"));
        }

        if (MaxImages < 1)
        {
            problems.Add(FormattableString.Invariant($"held-out accuracy is read on {MaxImages} images; it must be at least 1"));
        }

        return problems;
    }

    /// <summary>Whether a reading is due after a step.</summary>
    /// <param name="step">Step just taken, counted from 0.</param>
    /// <param name="totalSteps">Steps in the ramp; the last always has one.</param>
    internal bool IsDueAfter(int step, int totalSteps) =>
        (step + 1L) * Points / totalSteps > (long)step * Points / totalSteps;
}
