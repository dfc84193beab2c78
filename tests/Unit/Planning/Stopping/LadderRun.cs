using Sweeper.Grains.Planning;
using Sweeper.Grains.Planning.Stopping;

namespace Sweeper.Tests.Unit.Planning.Stopping;

/// <summary>A search by <see cref="CycleHyperband"/> whose running cycles end in a random order; accuracy is a function of the job.</summary>
/// <param name="settings">Settings.</param>
/// <param name="accuracies">Accuracy of each configuration (rows, from 1) at each rung; null: diverges.</param>
/// <param name="workers">Cycles that run at once.</param>
/// <param name="seed">Seed of the order of ends.</param>
internal sealed class LadderRun(CycleHyperbandSettings settings, double?[][] accuracies, int workers, int seed)
{
    /// <summary>Everything that was asked for, in order, with the table at that moment.</summary>
    public List<(RungStep Step, RungTable Seen, bool Settled)> Steps { get; } = [];

    /// <summary>What had finished when nothing was left to do.</summary>
    public RungTable Table { get; private set; } = RungTable.Empty(settings);

    /// <summary>Jobs asked for at a rung.</summary>
    public IReadOnlySet<int> AskedAt(int rung) =>
        Steps.Where(step => step.Step.Job.Rung == rung).Select(step => step.Step.Job.Configuration).ToHashSet();

    /// <summary>Runs to the end.</summary>
    public LadderRun ToEnd()
    {
        var random = new SplitMix((ulong)(uint)seed);
        var asked = new HashSet<RungJob>();
        var running = new List<RungJob>();
        for (; ; )
        {
            while (running.Count < workers && CycleHyperband.Next(Table, asked, accuracies.Length) is { } step)
            {
                bool settled = running.Count == 0 && asked.Select(job => job.Configuration).Distinct().Count() == accuracies.Length;
                Steps.Add((step, Table, settled));
                asked.Add(step.Job);
                running.Add(step.Job);
            }

            if (running.Count == 0)
            {
                return this;
            }

            int ends = random.NextIndex(running.Count);
            RungJob job = running[ends];
            running.RemoveAt(ends);
            Table = Table.Add(new RungResult(job, accuracies[job.Configuration - 1][job.Rung]));
        }
    }
}
