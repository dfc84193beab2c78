namespace Sweeper.Grains.Workers.Memory;

/// <summary>Runs jobs as memory allows.</summary>
internal static class RoomyRun
{
    /// <summary>Runs a job, and again with the device to itself where it ran out of memory beside others: that says nothing about the job.</summary>
    /// <param name="enter">Waits for room; true: for the whole device.</param>
    /// <param name="run">Runs it.</param>
    /// <param name="isFull">Whether a result says that there was no memory.</param>
    public static T Of<T>(Func<bool, MemoryGate.Stay> enter, Func<MemoryGate.Stay, T> run, Func<T, bool> isFull)
    {
        T result;
        bool hadCompany;
        using (MemoryGate.Stay stay = enter(false))
        {
            result = run(stay);
            hadCompany = stay.HadCompany;
        }

        if (!hadCompany || !isFull(result))
        {
            return result;
        }

        using MemoryGate.Stay alone = enter(true);
        return run(alone);
    }
}
