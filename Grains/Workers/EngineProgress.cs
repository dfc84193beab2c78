using Sweeper.Training.Running;

namespace Sweeper.Grains.Workers;

/// <summary>Passes progress on, on the engine's own thread: <see cref="Progress{T}"/> would queue it to the pool.</summary>
internal sealed class EngineProgress(Action<TrainingProgress> receive) : IProgress<TrainingProgress>
{
    /// <inheritdoc />
    public void Report(TrainingProgress value) => receive(value);
}
