using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Xunit;

namespace Sweeper.Tests.Cluster.Sweeps;

/// <summary>What a watcher hears that comes back with a mark, and what is known of a job's attempts.</summary>
public sealed class SweepChangesTests(SweepCluster cluster) : IClassFixture<SweepCluster>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task GetChanges_WithAMark_GivesWhatChangedSinceAndNothingTwice()
    {
        SweepScript script = cluster.ScriptOf("marks");
        script.Gated = true;
        await cluster.SubmitAsync(SweepCluster.Trials("marks", 6));
        await cluster.UntilAsync("marks", view => view.Running.Count(job => job.Progress is not null) == 4);

        SweepChanges all = await cluster.Sweep("marks").GetChangesAsync(null, wholeCurves: false, TimeSpan.Zero);
        Assert.True(all.Whole);
        Assert.Equal(6, all.Trials.Length);
        Assert.Single(all.Cells);
        Assert.Equal(4, all.Curves.Length);
        Assert.All(all.Curves, curve => Assert.Equal((true, 1), (curve.Whole, curve.Curves.Step[^1])));
        Assert.NotNull(all.TraceId);

        SweepChanges none = await cluster.Sweep("marks").GetChangesAsync(all.Mark, wholeCurves: false, TimeSpan.Zero);
        Assert.False(none.Whole);
        Assert.Empty(none.Trials);
        Assert.Empty(none.Cells);
        Assert.Empty(none.Curves);

        await cluster.Sweep("marks").PauseAsync(); // so that nothing follows the one that ends
        SweepChanges paused = await cluster.Sweep("marks").GetChangesAsync(all.Mark, wholeCurves: true, Patience);
        Assert.Equal((SweepStatus.Paused, 4), (paused.View.Status, paused.Curves.Length)); // curves were wanted whole
        script.Pass();
        await cluster.UntilAsync("marks", view => view.Counts.Completed == 1);
        SweepChanges ended = await cluster.Sweep("marks").GetChangesAsync(paused.Mark, wholeCurves: false, Patience);

        TrialRecord trial = Assert.Single(ended.Trials);
        Assert.Equal(JobStatus.Done, trial.Status);
        Assert.Equal(all.Trials.Select(before => before.Number == trial.Number ? trial : before), (await cluster.Sweep("marks").GetTrialsAsync()).AsEnumerable());
        script.Open();
        await cluster.Sweep("marks").ResumeAsync();
        await cluster.EndAsync("marks");
    }

    [Fact]
    public async Task GetChanges_NothingNew_WaitsForIt()
    {
        SweepScript script = cluster.ScriptOf("patient");
        script.Gated = true;
        await cluster.SubmitAsync(SweepCluster.Trials("patient", 1));
        await cluster.UntilAsync("patient", view => view.Running.Any(job => job.Progress is not null));
        SweepChanges now = await cluster.Sweep("patient").GetChangesAsync(null, wholeCurves: false, TimeSpan.Zero);

        Task<SweepChanges> next = cluster.Sweep("patient").GetChangesAsync(now.Mark, wholeCurves: false, Patience);
        script.Open();

        Assert.NotEqual(now.Mark, (await next).Mark);
        await cluster.EndAsync("patient");
    }

    [Fact]
    public async Task GetChanges_AnotherCoordinator_GivesEverything()
    {
        await cluster.SubmitAsync(SweepCluster.Trials("moved", 2));
        await cluster.EndAsync("moved");
        SweepChanges before = await cluster.Sweep("moved").GetChangesAsync(null, wholeCurves: false, TimeSpan.Zero);

        await cluster.Silo.DeactivateAsync(cluster.Sweep("moved"));
        SweepChanges after = await cluster.Sweep("moved").GetChangesAsync(before.Mark, wholeCurves: false, Patience);

        Assert.True(after.Whole);
        Assert.Equal(before.Trials.AsEnumerable(), after.Trials);
        Assert.Equal(before.TraceId, after.TraceId);
        Assert.True((await cluster.Sweep("moved").GetChangesAsync("no mark", wholeCurves: false, Patience)).Whole);
    }

    [Fact]
    public async Task GetChanges_SweepThatIsDeleted_SaysSo()
    {
        await cluster.SubmitAsync(SweepCluster.Trials("deleted", 1));
        await cluster.EndAsync("deleted");
        SweepChanges now = await cluster.Sweep("deleted").GetChangesAsync(null, wholeCurves: false, TimeSpan.Zero);

        Task<SweepChanges> next = cluster.Sweep("deleted").GetChangesAsync(now.Mark, wholeCurves: false, Patience);
        await cluster.Sweep("deleted").DeleteAsync();

        await Assert.ThrowsAsync<SweepNotFoundException>(() => next);
        await Assert.ThrowsAsync<SweepNotFoundException>(() => cluster.Sweep("deleted").GetChangesAsync(now.Mark, wholeCurves: false, TimeSpan.Zero));
    }

    [Fact]
    public async Task GetHistory_JobOfTwoAttempts_HasBothWithTheirSpans()
    {
        SweepScript script = cluster.ScriptOf("history");
        int failures = 1;
        script.End = ticket => Interlocked.Decrement(ref failures) >= 0 ? new JobOutcome.Failed("it broke") : SweepScript.Well(ticket);
        await cluster.SubmitAsync(SweepCluster.Trials("history", 1));
        await cluster.EndAsync("history");
        Assert.True((await cluster.Sweep("history").RetryAsync([])).Done);
        await cluster.EndAsync("history");

        JobHistory history = await cluster.Results.GetHistoryAsync(new JobKey("history", JobKind.Trial, 1));

        Assert.Equal([(1, "failed"), (2, "trained")], history.Attempts.Select(attempt => (attempt.Number, attempt.EndedAs!)));
        Assert.Contains("it broke", history.Attempts[0].Reason, StringComparison.Ordinal);
        Assert.All(history.Attempts, attempt => Assert.True(attempt.EndedAt >= attempt.StartedAt));
        Assert.Equal((await cluster.Sweep("history").GetChangesAsync(null, wholeCurves: false, TimeSpan.Zero)).TraceId, history.TraceId);
        Assert.Equal(2, history.Attempts.Select(attempt => attempt.SpanId).Distinct().Count());
        Assert.Empty((await cluster.Results.GetHistoryAsync(new JobKey("history", JobKind.Trial, 99))).Attempts);
        await Assert.ThrowsAsync<SweepNotFoundException>(() => cluster.Results.GetHistoryAsync(new JobKey("nowhere", JobKind.Trial, 1)));
    }
}
