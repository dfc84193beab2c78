using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Planning.Stopping;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Stopping;

public sealed class TrialJudgeTests
{
    [Fact]
    public void Judge_ResultsTakenOverFromAnotherSweep_AreNoReadingsOfZero()
    {
        var sweep = new SweepScript(TestSpecs.Trials(13).WithEpochs(9).WithSearch(search => search with { Stopping = new StoppingSpec(StoppingRule.Median, Force: true) }));
        for (int trial = 1; trial <= 12; trial++)
        {
            JobTicket ticket = sweep.Start();
            CycleReading[]? readings = trial <= 6 ? [new(0.5, 0.8), new(1, 0.91)] : null; // a result alone has an end only
            sweep.Take(at => new SweepEvent.JobEnded(ticket.Key, 1, Outcomes.Trained(), Outcomes.Run(7, at, 9), at, readings is null ? null : [.. readings]));
        }

        JobTicket judged = sweep.Start();
        SweepEvent.Measured? measured = TrialJudge.Judge(sweep.State, Progress(judged, 0.4), sweep.Now);

        Assert.True(measured is { Stop: true, Against.Rule: "median" }, $"{measured}");
        Assert.Contains("of 6 completed trials", measured.Against.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_ReadingsThatAreKnown_SayNothing()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1).WithEpochs(9).WithSearch(search => search with { Stopping = new StoppingSpec(StoppingRule.SamePhase) }));
        JobTicket ticket = sweep.Start();
        SweepEvent.Measured first = TrialJudge.Judge(sweep.State, Progress(ticket, 0.4), sweep.Now)!;
        sweep.Take(_ => first);

        Assert.Null(first.Against);
        Assert.Null(TrialJudge.Judge(sweep.State, Progress(ticket, 0.4), sweep.Now));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Judge_ReadingsInOneReportOrInSeveral_FindsTheSame(int inOne)
    {
        var sweep = new SweepScript(TestSpecs.Trials(3).WithEpochs(9).WithSearch(search => search with { Stopping = new StoppingSpec(StoppingRule.Asha, Force: true) }));
        for (int trial = 1; trial <= 2; trial++)
        {
            JobTicket good = sweep.Start();
            sweep.Take(at => new SweepEvent.JobEnded(good.Key, 1, Outcomes.Trained(), Outcomes.Run(7, at, 9), at, [new(0.2, 0.8), new(1, 0.9)]));
        }

        JobTicket ticket = sweep.Start();
        SweepEvent.Measured[] found = [.. new[] { 40, 80, 95 }.Chunk(inOne).Select(steps =>
        {
            SweepEvent.Measured measured = TrialJudge.Judge(sweep.State, Progress(ticket, steps, 0.1), sweep.Now)!; // ASHA keeps all
            sweep.Take(_ => measured);
            return measured;
        })];

        Assert.Equal(("asha", 0.4), found[0].Against is { } against ? (against.Rule, against.Fraction) : default);
    }

    private static JobProgress Progress(JobTicket ticket, int[] steps, double accuracy) => new(
        ticket.Key, 1, "node/cpu", steps[^1], 100, 0.1, 0.9, 1, accuracy, 100, null, new ProgressReadings([.. steps], [.. steps.Select(_ => accuracy)], Classes: 10, Images: 1000));

    private static JobProgress Progress(JobTicket ticket, double accuracy) => new(
        ticket.Key, 1, "node/cpu", 50, 100, 0.1, 0.9, 1, accuracy, 100, null, new ProgressReadings([50], [accuracy], Classes: 10, Images: 1000));
}
