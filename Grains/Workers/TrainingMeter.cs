using Sweeper.Contracts.Telemetry;

namespace Sweeper.Grains.Workers;

/// <summary>Counts a run's steps and images from one report of its progress to the next.</summary>
/// <param name="worker">Key of the worker.</param>
/// <param name="imagesPerStep">Images in a step.</param>
internal sealed class TrainingMeter(string worker, int imagesPerStep)
{
    private readonly KeyValuePair<string, object?> _worker = new(Attributes.Worker, worker);
    private int? _last;

    /// <summary>The run stands at a step; the first call says where it begins.</summary>
    public void Note(int step)
    {
        if (_last is { } last && step > last)
        {
            Instruments.TrainingSteps.Add(step - last, _worker);
            Instruments.TrainingImages.Add((long)(step - last) * imagesPerStep, _worker);
        }

        _last = step;
    }
}
