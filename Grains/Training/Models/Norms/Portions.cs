namespace Sweeper.Training.Models.Norms;

/// <summary>Work on rows, cut into portions that stay in a core's cache. Where they are cut depends on the rows alone, never on the threads, and so do the sums.</summary>
/// <param name="Rows">Rows in all.</param>
/// <param name="PerPortion">Rows of a portion, the last one's excepted.</param>
internal readonly record struct Portions(int Rows, int PerPortion)
{
    /// <summary>Values of a portion, about: 32 KiB.</summary>
    private const int Values = 8192;

    /// <summary>Fewest rows: what is done once for a portion must not count.</summary>
    private const int FewestRows = 64;

    /// <summary>How many there are.</summary>
    public int Count => (Rows + PerPortion - 1) / PerPortion;

    /// <summary>Portions of rows of <paramref name="width"/> values.</summary>
    public static Portions Of(int rows, int width) => new(rows, Math.Max(FewestRows, Values / width));

    /// <summary>The first row of a portion.</summary>
    public int Start(int portion) => portion * PerPortion;

    /// <summary>Rows of a portion.</summary>
    public int Length(int portion) => Math.Min(PerPortion, Rows - Start(portion));

    /// <summary>Does every portion.</summary>
    /// <param name="work">What is done.</param>
    /// <param name="threads">Threads to take.</param>
    /// <param name="backwards">Whether to begin with the last: where the pass before ended there, it is still in the cache.</param>
    public void ForEach<TWork>(TWork work, int threads, bool backwards = false)
        where TWork : struct, IPortionWork
    {
        int count = Count;
        if (threads == 1)
        {
            for (int i = 0; i < count; i++)
            {
                work.Do(backwards ? count - 1 - i : i);
            }
        }
        else
        {
            Share(work, count, threads, backwards);
        }
    }

    // Apart: what the lambda captures becomes an object where the method begins.
    private static void Share<TWork>(TWork work, int count, int threads, bool backwards)
        where TWork : struct, IPortionWork =>
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => work.Do(backwards ? count - 1 - i : i));
}

/// <summary>
/// What is done with a portion; several threads may do several at once. Loops over vectors are compiled once and for good: such code is not
/// compiled ahead of time, and the first steps of a process would run it unoptimised.
/// </summary>
internal interface IPortionWork
{
    /// <summary>Does one.</summary>
    void Do(int portion);
}
