using Sweeper.Training.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Fusing;

/// <summary>
/// Sessions that take their steps together. A step is taken when all of them wait for theirs, by the thread that came last;
/// between two steps any of them may leave, and others may join. All else a session does by itself, on its own thread.
/// </summary>
/// <param name="key">What they have in common.</param>
/// <param name="lanes">Steps that the device takes at once.</param>
internal sealed class TrainingArray(ArrayKey key, SemaphoreSlim lanes) : IDisposable
{
    private readonly object _gate = new(); // no Lock: threads wait on it
    private readonly List<ArraySeat> _seats = [];
    private ArrayStack? _stack;

    /// <summary>What they have in common.</summary>
    public ArrayKey Key => key;

    /// <summary>Sessions in it.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _seats.Count;
            }
        }
    }

    /// <summary>A session joins: from now on, no step is taken without it.</summary>
    public void Add(ArraySeat seat)
    {
        lock (_gate)
        {
            _seats.Add(seat);
            Unstack();
        }
    }

    /// <summary>A session leaves: the others wait for it no longer. It keeps its values.</summary>
    public void Remove(ArraySeat seat)
    {
        lock (_gate)
        {
            _seats.Remove(seat);
            Unstack();
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Takes a session's next step, with all others.</summary>
    /// <param name="seat">The session's.</param>
    /// <param name="point">Learning rate and momentum.</param>
    /// <param name="alone">Takes the step of a session that is alone.</param>
    /// <returns>Its loss, before the update, a scalar on the device, in the caller's dispose scope.</returns>
    /// <exception cref="FusedStepException">It failed for all of them at once.</exception>
    public Tensor Step(ArraySeat seat, SchedulePoint point, Func<SchedulePoint, Tensor> alone)
    {
        lock (_gate)
        {
            seat.Wait(point);
            while (seat.IsWaiting)
            {
                if (!_seats.TrueForAll(other => other.IsWaiting))
                {
                    Monitor.Wait(_gate);
                }
                else if (_seats.Count == 1)
                {
                    seat.GoAlone();
                    return InLane(() => alone(point));
                }
                else
                {
                    StepTogether();
                }
            }

            return seat.TakeLoss(); // the others may have left by now
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            Unstack();
        }
    }

    private void StepTogether()
    {
        using DisposeScope scope = NewDisposeScope();
        try
        {
            Tensor losses = InLane(() =>
            {
                _stack ??= new ArrayStack(key, [.. _seats.Select(seat => seat.Member)]);
                return _stack.Step([.. _seats.Select(seat => seat.Point)]);
            });
            for (int k = 0; k < _seats.Count; k++)
            {
                _seats[k].Go(losses.select(0, k).DetachFromDisposeScope());
            }
        }
        catch (Exception error) // Whatever it is, it belongs to every member.
        {
            _seats.ForEach(seat => seat.Fail(new FusedStepException(_seats.Count, error)));
        }

        Monitor.PulseAll(_gate);
    }

    private Tensor InLane(Func<Tensor> step)
    {
        lanes.Wait();
        try
        {
            return step();
        }
        finally
        {
            lanes.Release();
        }
    }

    private void Unstack()
    {
        _stack?.Dispose();
        _stack = null;
    }
}
