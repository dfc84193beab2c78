using System.Diagnostics;
using Sweeper.Training.Schedules;
using static TorchSharp.torch;

namespace Sweeper.Training.Fusing;

/// <summary>A session's place among others. It joins an array at its first step, so that nobody waits while it is made ready.</summary>
/// <param name="arrays">Arrays that it may join.</param>
/// <param name="key">What it can have in common with others.</param>
/// <param name="member">What an array needs of it.</param>
internal sealed class ArraySeat(TrainingArrays arrays, ArrayKey key, ArrayMember member) : IDisposable
{
    private TrainingArray? _array;
    private FusedStepException? _failure;
    private Tensor? _loss;

    /// <summary>What it can have in common with others.</summary>
    public ArrayKey Key => key;

    /// <summary>What an array needs of it.</summary>
    public ArrayMember Member => member;

    /// <summary>Learning rate and momentum of the step that it waits for.</summary>
    public SchedulePoint Point { get; private set; }

    /// <summary>Whether it waits for its step.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>Whether a step was taken with others.</summary>
    public bool WasFused { get; private set; }

    /// <summary>Takes a step with whoever is there, or alone.</summary>
    /// <param name="point">Learning rate and momentum.</param>
    /// <param name="alone">Takes the step of a session that is alone.</param>
    public Tensor Step(SchedulePoint point, Func<SchedulePoint, Tensor> alone) =>
        (_array ??= arrays.Join(this)).Step(this, point, alone);

    /// <summary>The session wants a step.</summary>
    public void Wait(SchedulePoint point) => (Point, IsWaiting) = (point, true);

    /// <summary>The session takes its step alone.</summary>
    public void GoAlone() => IsWaiting = false;

    /// <summary>The step was taken with others.</summary>
    /// <param name="loss">Loss of it, in no dispose scope.</param>
    public void Go(Tensor loss) => (IsWaiting, WasFused, _loss) = (false, true, loss);

    /// <summary>The step failed.</summary>
    public void Fail(FusedStepException failure) => (IsWaiting, _failure) = (false, failure);

    /// <summary>Loss of the step that was taken, in the caller's dispose scope; or throws what the step died of.</summary>
    /// <exception cref="FusedStepException">It failed.</exception>
    public Tensor TakeLoss()
    {
        if (_failure is not null)
        {
            throw _failure;
        }

        using Tensor loss = _loss ?? throw new UnreachableException("a step that was taken has a loss");
        _loss = null;
        return loss.detach();
    }

    /// <summary>Leaves.</summary>
    public void Dispose()
    {
        if (_array is { } array)
        {
            arrays.Leave(this, array);
            _array = null;
        }

        _loss?.Dispose();
    }
}
