using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Sweeps;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

/// <summary>
/// An event of a sweep sixteen times as large may cost a few steps more in its trees, never sixteen times as much. Counted in bytes that
/// the planner and the leaderboard allocate: times are the machine's. `tests/Benchmarks -- fold` has the times.
/// </summary>
public sealed class EventCostTests
{
    private const int Few = 500;
    private const int Many = 16 * Few;

    /// <summary>The trees of 8,000 trials are 13 levels deep, those of 500 are 9: at most half as much again, and room for a tree that is balanced anew.</summary>
    private const double MostGrowth = 2;

    [Fact]
    public void Event_OfALargeSweep_CostsWhatItsTreesAreDeep()
    {
        BytesPerEvent(Few); // compiled
        double few = BytesPerEvent(Few);
        double many = BytesPerEvent(Many);
        Assert.True(many < MostGrowth * few, FormattableString.Invariant($"{many:0} bytes an event of {Many} trials, {few:0} of {Few}"));
    }

    /// <summary>Mean over the second half of the sweep, where most has ended.</summary>
    private static double BytesPerEvent(int trials)
    {
        SweepSpec spec = TestSpecs.Trials(1).WithSearch(search => search with
        {
            MaxLearningRate = new AxisSpec.Values([.. Enumerable.Range(1, trials).Select(number => number / 10_000.0)]),
        });
        var worker = new WorkerKey("node", "cpu");
        DateTimeOffset at = SweepScript.Epoch;
        SweepState state = SweepPlanner.Decide(SweepPlanner.Start(spec), new SweepEvent.Submitted(at, null, PlannerRules.Current)).State;
        SweepLeaders leaders = SweepLeaders.None.Of(state);
        int events = 0;
        long before = 0;
        for (int number = 1; number <= trials; number++)
        {
            if (number == trials / 2)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
                events = 0;
            }

            Take(new SweepEvent.SlotGranted(new SlotLease(number, worker), at));
            Take(new SweepEvent.JobEnded(new JobKey(spec.Name, JobKind.Trial, number), 1, Outcomes.Trained(), Outcomes.Run(1, at, 2), at));
        }

        Assert.Equal(trials, state.Counts.Completed);
        Assert.Equal(trials, leaders.Standings.Count);
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / events;

        void Take(SweepEvent change)
        {
            SweepState last = state;
            state = SweepPlanner.Decide(last, change).State;
            leaders = leaders.Of(last, state);
            events++;
        }
    }
}
