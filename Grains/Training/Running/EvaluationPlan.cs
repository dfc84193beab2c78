using System.Collections.Immutable;

namespace Sweeper.Training.Running;

/// <summary>When a run is measured on held-out images. The end of a run always is, on validation and test images.</summary>
public sealed record EvaluationPlan
{
    /// <summary>Epochs between readings on the validation images; at least 1; without such images nothing is read.</summary>
    public int ValidateEveryEpochs { get; init; } = 1;

    /// <summary>Steps between those readings, in place of epochs; at least 1; null: by epochs.</summary>
    public int? ValidateEverySteps { get; init; }

    /// <summary>Epochs, counted from 1, after which the test images are read too.</summary>
    public ImmutableArray<int> TestAtEpochs { get; init; } = [];

    /// <summary>Images in one batch of a reading; at least 1; changes speed and memory, and results by rounding.</summary>
    public int BatchSize { get; init; } = 500;

    /// <summary>Whether a reading on <paramref name="images"/> is due after <paramref name="step"/> steps.</summary>
    internal bool IsDue(EvaluationImages images, int step, int totalSteps, int stepsPerEpoch)
    {
        if (step == totalSteps)
        {
            return true;
        }

        if (ValidateEverySteps is { } every && images == EvaluationImages.Validation)
        {
            return step > 0 && step % every == 0;
        }

        (int epoch, int into) = Math.DivRem(step, stepsPerEpoch);
        return into == 0 && epoch > 0 && images switch
        {
            EvaluationImages.Validation => epoch % ValidateEveryEpochs == 0,
            _ => TestAtEpochs.Contains(epoch),
        };
    }
}
