using Sweeper.Training.Running;

namespace Sweeper.Tests.Unit.Training.Running;

/// <summary>Calls a delegate on the thread of the run, before the report returns.</summary>
internal sealed class SynchronousProgress(Action<TrainingProgress> action) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => action(value);
}
