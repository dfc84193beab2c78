namespace Sweeper.Training.Running;

/// <summary>
/// Moving average of the training loss with fastai's bias correction: v ← βv + (1 − β)·loss, smoothed = v / (1 − β^t).
/// A value: copying it saves its state.
/// </summary>
/// <param name="Sum">v; 0 before the first loss.</param>
/// <param name="Count">t, losses seen.</param>
public readonly record struct SmoothedLoss(double Sum, int Count)
{
    /// <summary>β, fastai's value.</summary>
    public const double Beta = 0.98;

    /// <summary>The average, nats; NaN before the first loss.</summary>
    public double Value => Count == 0 ? double.NaN : Sum / (1 - Math.Pow(Beta, Count));

    /// <summary>The average after one more loss.</summary>
    /// <param name="loss">Loss of a step, nats.</param>
    public SmoothedLoss Add(double loss) => new((Beta * Sum) + ((1 - Beta) * loss), Count + 1);
}
