namespace Sweeper.Training.RangeTests;

/// <summary>fastai's end of a range test: the smoothed loss has passed four times its best.</summary>
/// <param name="Best">Least smoothed loss so far; infinite before the first.</param>
public readonly record struct LossExplosion(double Best)
{
    /// <summary>Factor on the best smoothed loss.</summary>
    public const double Factor = 4;

    /// <summary>Before the first loss.</summary>
    public static LossExplosion Start { get; } = new(double.PositiveInfinity);

    /// <summary>Whether the test ends after a step with this smoothed loss, which must have been passed to <see cref="Add"/>.</summary>
    public bool Ends(double smoothedLoss) => !double.IsFinite(smoothedLoss) || smoothedLoss > Factor * Best;

    /// <summary>The rule after one more step.</summary>
    /// <param name="smoothedLoss">Its smoothed loss, nats.</param>
    public LossExplosion Add(double smoothedLoss) => smoothedLoss < Best ? new(smoothedLoss) : this;
}
