namespace Sweeper.Grains.Planning.Stopping.Replaying;

/// <summary>A way to search, as a <see cref="Replay"/> asks it. Keeps its own state; is told everything in the order in which it happens.</summary>
internal interface IReplayPolicy
{
    /// <summary>What a free worker is to run; null: nothing now. Configurations are numbered from 1 in the order of the replay.</summary>
    RungJob? Next();

    /// <summary>Whether a running cycle goes on after its newest reading.</summary>
    /// <param name="job">Cycle.</param>
    /// <param name="readings">Its readings so far; the end is not among them.</param>
    bool GoesOn(RungJob job, ReadOnlySpan<CycleReading> readings);

    /// <summary>A cycle came to its end; those that the policy stopped do not.</summary>
    /// <param name="job">Cycle.</param>
    /// <param name="cycle">Readings up to its end.</param>
    void Ended(RungJob job, RecordedCycle cycle);
}
