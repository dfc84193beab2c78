using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>
/// What a run takes of its device's memory: the most bytes of tensors that a training step holds at a time, in the first steps, which are
/// like all others. What was allocated while the run was built and is held still counts: weights, gradients, the optimiser's state.
/// </summary>
/// <param name="device">Device of the run.</param>
internal sealed class RunMemory(Device device)
{
    /// <summary>Steps that are watched: the first may allocate what stays, the next ones are as the rest.</summary>
    private const int Steps = 3;

    private readonly TensorMemory? _tensors = TensorMemory.Of(device);
    private int _watched;

    /// <summary>The most bytes of a step so far; null before the first, and where torch cannot be heard.</summary>
    public long? Bytes { get; private set; }

    /// <summary>Counts what this thread allocates while the run is built; until it is disposed of.</summary>
    public IDisposable? Build() => _tensors?.Begin();

    /// <summary>Counts what this thread allocates in a step, until it is disposed of, after all that the step frees; null where it need not be.</summary>
    public IDisposable? Step() => _tensors is null || _watched == Steps ? null : new StepWatch(this, _tensors);

    private sealed class StepWatch(RunMemory run, TensorMemory tensors) : IDisposable
    {
        private readonly TensorMemory.Watch _watch = tensors.Begin();

        public void Dispose()
        {
            _watch.Dispose();
            run._watched++;
            run.Bytes = Math.Max(run.Bytes ?? 0, tensors.Peak);
        }
    }
}
