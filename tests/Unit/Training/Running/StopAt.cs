using Sweeper.Training.Running;

namespace Sweeper.Tests.Unit.Training.Running;

/// <summary>Asks a run to stop once it has taken so many steps.</summary>
internal sealed class StopAt(CancellationTokenSource stop, int step) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        if (value.Step >= step)
        {
            stop.Cancel();
        }
    }
}
