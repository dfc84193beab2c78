using System.Globalization;
using Sweeper.Training.Data;
using Sweeper.Training.Running;

namespace Sweeper.Training.RangeTests;

/// <summary>The held-out images that a range test reads, all of them or a class-balanced part.</summary>
internal sealed class ProbeImages : IDisposable
{
    private const int BatchSize = 500;
    private const ulong Purpose = 0x960B_0001;

    /// <summary>Chooses the images.</summary>
    /// <param name="probe">What to read.</param>
    /// <param name="data">Images; must outlive this.</param>
    /// <param name="split">Which training images are held out.</param>
    public ProbeImages(HeldOutProbe probe, ImageData data, Split split)
    {
        bool test = probe.Images == EvaluationImages.Test || split.Validation.IsEmpty;
        int[] candidates = test ? [.. Enumerable.Range(0, data.TestCount)] : [.. split.Validation];
        int[] labels = test ? TestLabels(data) : Array.ConvertAll(candidates, index => data.TrainTargets[index]);
        int[] chosen =
        [
            .. StratifiedOrder.Of(labels, seed: 0, Purpose)
                .Take(Math.Min(probe.MaxImages, candidates.Length))
                .Select(place => candidates[place])
                .Order(),
        ];
        Source = test ? EvaluationSource.OfTest(data, chosen, BatchSize) : EvaluationSource.OfTrain(data, chosen, BatchSize);
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"{chosen.Length:N0} of {candidates.Length:N0} {(test ? "test" : "validation")} images{(chosen.Length < candidates.Length ? ", class-balanced" : "")}");
    }

    /// <summary>The images.</summary>
    public EvaluationSource Source { get; }

    /// <summary>Which they are, in words.</summary>
    public string Description { get; }

    /// <inheritdoc/>
    public void Dispose() => Source.Dispose();

    private static int[] TestLabels(ImageData data)
    {
        if (data.Task.IsRegression)
        {
            return new int[data.TestCount]; // numbers to predict have no classes to balance
        }

        using TorchSharp.torch.Tensor labels = data.TestLabels.cpu();
        return Array.ConvertAll(labels.data<long>().ToArray(), label => (int)label);
    }
}
