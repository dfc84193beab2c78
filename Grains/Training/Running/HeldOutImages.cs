using System.Diagnostics;
using Sweeper.Training.Data;

namespace Sweeper.Training.Running;

/// <summary>The images that a run is measured on.</summary>
internal sealed class HeldOutImages : IDisposable
{
    private readonly EvaluationSource? _validation;
    private readonly EvaluationSource _test;

    /// <summary>Prepares both kinds on the data's device.</summary>
    /// <param name="data">Images.</param>
    /// <param name="split">Which training images are held out.</param>
    /// <param name="batchSize">Images in a batch.</param>
    public HeldOutImages(ImageData data, Split split, int batchSize)
    {
        _validation = split.Validation.IsEmpty ? null : EvaluationSource.OfTrain(data, split.Validation, batchSize);
        _test = EvaluationSource.OfTest(data, batchSize);
    }

    /// <summary>Images of a kind; null where there are none.</summary>
    public EvaluationSource? Of(EvaluationImages images) => images switch
    {
        EvaluationImages.Validation or EvaluationImages.Cooldown => _validation,
        EvaluationImages.Test => _test,
        _ => throw new UnreachableException(),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _validation?.Dispose();
        _test.Dispose();
    }
}
