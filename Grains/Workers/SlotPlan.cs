namespace Sweeper.Grains.Workers;

/// <summary>
/// How the processor is shared where nobody says. Several trials of few threads each beat one trial of all threads: two of
/// one thread gave 1.26 times the images per second of one of two threads on two cores, and on a busy machine, where
/// threads of one operation wait for each other, several times.
/// </summary>
/// <param name="Slots">Jobs at once on the processor.</param>
/// <param name="Threads">Threads of each.</param>
internal readonly record struct SlotPlan(int Slots, int Threads)
{
    /// <summary>Most slots that are chosen unasked: each takes the memory of a trial.</summary>
    private const int MostSlots = 4;

    /// <summary>The plan.</summary>
    /// <param name="slots">Slots that were asked for; null: none were.</param>
    /// <param name="threads">Threads that were asked for; null: none were.</param>
    /// <param name="cores">Processors of the machine; at least 1.</param>
    public static SlotPlan Of(int? slots, int? threads, int cores)
    {
        int chosen = slots ?? Math.Clamp(cores / (threads ?? 1), 1, MostSlots);
        return new SlotPlan(chosen, threads ?? Math.Max(1, cores / chosen));
    }
}
