namespace Sweeper.Training.Fusing;

/// <summary>
/// Fused training on one device: sessions on threads of their own that differ in numbers only take their steps together, as
/// one network of many. Each one's numbers are those that it would have alone, up to rounding.
/// </summary>
/// <remarks>Horizontally fused training arrays: Wang et al., MLSys 2021, arXiv:2102.02344.</remarks>
/// <param name="lanes">Steps that the device takes at once, at least 1: of sessions alone, or of arrays.</param>
public sealed class TrainingArrays(int lanes) : IDisposable
{
    /// <summary>Most sessions that make sense in one array.</summary>
    public const int MostMembers = 32;

    private readonly Lock _gate = new();
    private readonly List<TrainingArray> _arrays = [];
    private readonly SemaphoreSlim _lanes = new(lanes, lanes);
    private int _members = 1;

    /// <summary>Most sessions in an array, 1 to <see cref="MostMembers"/>; 1: each trains alone. A smaller number does not end arrays that there are.</summary>
    public int Members
    {
        get => Volatile.Read(ref _members);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MostMembers);
            Volatile.Write(ref _members, value);
        }
    }

    /// <summary>Finds or opens an array for a session, and takes it in.</summary>
    internal TrainingArray Join(ArraySeat seat)
    {
        lock (_gate)
        {
            TrainingArray? found = _arrays
                .Where(array => array.Key == seat.Key && array.Count < Members)
                .MaxBy(array => array.Count);
            if (found is null)
            {
                found = new TrainingArray(seat.Key, _lanes);
                _arrays.Add(found);
            }

            found.Add(seat);
            return found;
        }
    }

    /// <summary>A session leaves its array.</summary>
    internal void Leave(ArraySeat seat, TrainingArray array)
    {
        lock (_gate)
        {
            array.Remove(seat);
            if (array.Count == 0)
            {
                _arrays.Remove(array);
                array.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lanes.Dispose();
}
