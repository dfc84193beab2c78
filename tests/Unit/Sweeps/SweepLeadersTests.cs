using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Sweeps;
using Sweeper.Tests.Unit.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Sweeps;

/// <summary>Leaderboard and totals that are kept in step are those that are made at once.</summary>
public sealed class SweepLeadersTests
{
    [Theory]
    [InlineData(SearchStrategy.Sobol)]
    [InlineData(SearchStrategy.Tpe)]
    public void Leaders_OfEveryEvent_AreThoseOfTheState(SearchStrategy strategy)
    {
        var sweep = new SweepScript(TestSpecs.Sampled(strategy, 12, rangeTested: true));
        var kept = SweepLeaders.None;
        SweepState before = sweep.State;
        kept = kept.Of(before);
        while (sweep.State.SlotsWanted > 0)
        {
            Sweeper.Contracts.Jobs.JobTicket ticket = sweep.Start();
            Follow();
            sweep.End(ticket, ticket.Key.Kind == Sweeper.Contracts.Jobs.JobKind.Trial ? Outcomes.Trained() : Outcomes.Tested(1.0));
            Follow();
        }

        Assert.Equal(SweepStatus.Completed, sweep.State.Status);
        Assert.Equal(12, kept.Work.TrialRuns);

        void Follow()
        {
            kept = kept.Of(before, sweep.State);
            before = sweep.State;
            Assert.Same(kept, kept.Of(before)); // it follows: nothing is made anew
            SweepLeaders anew = SweepLeaders.None.Of(before);
            Assert.Equal(anew.Best, kept.Best);
            Assert.Equal(anew.Standings.Top(100).Select(row => row.Configuration), kept.Standings.Top(100).Select(row => row.Configuration));
            Assert.Equal(anew.Work.TrialRuns, kept.Work.TrialRuns);
            Assert.Equal(anew.Work.UnknownLeft, kept.Work.UnknownLeft);
            Assert.Equal(anew.Work.Seconds, kept.Work.Seconds, 1e-6);
            Assert.Equal(anew.Work.Epochs, kept.Work.Epochs, 1e-6);
            Assert.Equal(anew.Work.AllEpochsLeft, kept.Work.AllEpochsLeft, 1e-6);
        }
    }
}
