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
}
