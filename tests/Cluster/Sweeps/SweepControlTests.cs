using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Xunit;

namespace Sweeper.Tests.Cluster.Sweeps;

/// <summary>Pause, resume, cancel, retry, delete and limits through the real grains.</summary>
public sealed class SweepControlTests(SweepCluster cluster) : IClassFixture<SweepCluster>
{
    [Fact]
    public async Task Pause_RunningSweep_LetsJobsEndUntilResumed()
    {
        SweepScript script = await StartGatedAsync("pause", trials: 6, running: 4);

        Assert.True((await cluster.Sweep("pause").PauseAsync()).Done);
        Assert.False((await cluster.Sweep("pause").PauseAsync()).Done);
        script.Pass(4);
        SweepView view = await cluster.UntilAsync("pause", view => view.Running.IsEmpty);
        Assert.Equal((SweepStatus.Paused, 4, 2), (view.Status, view.Counts.Completed, view.Counts.Ready));

        Assert.True((await cluster.Sweep("pause").ResumeAsync()).Done);
        script.Open();
        Assert.Equal(6, (await cluster.EndAsync("pause")).Trials.Count(trial => trial.Score is not null));
    }

    [Fact]
    public async Task Cancel_RunningSweep_StopsJobsAndResumeRunsThemAgain()
    {
        SweepScript script = await StartGatedAsync("cancel", trials: 6, running: 4);

        Assert.True((await cluster.Sweep("cancel").CancelAsync()).Done);
        SweepView view = await cluster.UntilAsync("cancel", view => view.Running.IsEmpty);
        Assert.Equal((SweepStatus.Cancelled, 4, 2), (view.Status, view.Counts.Stopped, view.Counts.Ready));
        Assert.Empty(script.Forgotten); // their checkpoints stay: they may go on
        Assert.False((await cluster.Sweep("cancel").CancelAsync()).Done);

        script.Open();
        Assert.True((await cluster.Sweep("cancel").ResumeAsync()).Done);
        Assert.Equal(6, (await cluster.EndAsync("cancel")).Trials.Count(trial => trial.Score is not null));
        Assert.Equal(10, script.Started.Count);
    }

    [Fact]
    public async Task Cancel_TakenBackAtOnce_LosesNoTrial()
    {
        SweepScript script = await StartGatedAsync("moment", trials: 4, running: 4);

        await cluster.Sweep("moment").CancelAsync();
        await cluster.Sweep("moment").ResumeAsync(); // the jobs have been told to stop, and report so after this
        script.Open();

        Assert.Equal(4, (await cluster.EndAsync("moment")).Trials.Count(trial => trial.Score is not null));
    }

    [Fact]
    public async Task Submit_CancelledSweep_GoesOn()
    {
        SweepScript script = await StartGatedAsync("cancelled", trials: 2, running: 2);
        await cluster.Sweep("cancelled").CancelAsync();
        script.Open();

        SubmitResult result = await cluster.Sweep("cancelled").SubmitAsync(SweepCluster.Trials("cancelled", 2));

        Assert.Equal(SubmitStatus.Continued, result.Status);
        Assert.Equal(2, (await cluster.EndAsync("cancelled")).Trials.Count(trial => trial.Score is not null));
    }

    [Fact]
    public async Task Retry_FailedTrials_RunsThemAgain()
    {
        SweepScript script = cluster.ScriptOf("retry");
        script.End = ticket => ticket.Attempt == 1 && ticket.Key.Number < 3 ? new JobOutcome.Failed("a passing fault") : SweepScript.Well(ticket);
        await cluster.SubmitAsync(SweepCluster.Trials("retry", 4));
        Assert.Equal(2, (await cluster.EndAsync("retry")).Trials.Count(trial => trial.Score is not null));

        Assert.Contains("no job 'T-9'", (await cluster.Sweep("retry").RetryAsync(["T-9"])).Message, StringComparison.Ordinal);
        Assert.False((await cluster.Sweep("retry").RetryAsync(["T-0004"])).Done);
        Assert.True((await cluster.Sweep("retry").RetryAsync(["t-1"])).Done);
        Assert.Equal(3, (await cluster.EndAsync("retry")).Trials.Count(trial => trial.Score is not null));
        Assert.True((await cluster.Sweep("retry").RetryAsync([])).Done);

        Assert.Equal(4, (await cluster.EndAsync("retry")).Trials.Count(trial => trial.Score is not null));
        Assert.False((await cluster.Sweep("retry").RetryAsync([])).Done);
    }

    [Fact]
    public async Task Delete_RunningSweep_LeavesNothingAndFreesTheName()
    {
        SweepScript script = await StartGatedAsync("delete", trials: 4, running: 4);

        Assert.True((await cluster.Sweep("delete").DeleteAsync()).Done);

        await Assert.ThrowsAsync<SweepNotFoundException>(() => cluster.Sweep("delete").GetAsync());
        await Assert.ThrowsAsync<SweepNotFoundException>(() => cluster.Results.GetAsync("delete"));
        script.Open();
        SweepSpec other = SweepCluster.Trials("delete", 3) with { Seed = 5 };
        Assert.Equal(SubmitStatus.Created, (await cluster.Sweep("delete").SubmitAsync(other)).Status);
        SweepResults results = await cluster.EndAsync("delete");
        Assert.Equal((5, 3), (results.Spec.Seed, results.Trials.Count(trial => trial.Score is not null)));
    }

    [Fact]
    public async Task WallTime_Passed_StopsWhatRuns()
    {
        await StartGatedAsync("clock", trials: 6, running: 4); // slots that an earlier test had come back when they come back
        Assert.True((await cluster.Sweep("clock").SetLimitsAsync(new LimitsSpec(WallTime: TimeSpan.FromSeconds(1)), "anna@host")).Done);

        SweepResults results = await cluster.EndAsync("clock");

        Assert.Contains("limits.wall_time", results.Summary.StatusReason, StringComparison.Ordinal);
        Assert.Equal(4, results.Trials.Count(trial => trial is { Status: JobStatus.Done, Outcome: JobOutcome.Stopped }));
        Assert.Equal(2, results.Trials.Count(trial => trial.Status == JobStatus.Skipped));
    }

    [Fact]
    public async Task EpochLimit_Reached_SkipsTheRest()
    {
        SweepSpec spec = SweepCluster.Trials("epochs", 6);
        await cluster.SubmitAsync(spec with { Limits = spec.Limits with { Epochs = 5 } });

        SweepResults results = await cluster.EndAsync("epochs");

        Assert.Equal(2, results.Trials.Count(trial => trial.Score is not null));
        Assert.Equal(4, results.Trials.Count(trial => trial.Status == JobStatus.Skipped));
    }

    private async Task<SweepScript> StartGatedAsync(string name, int trials, int running)
    {
        SweepScript script = cluster.ScriptOf(name);
        script.Gated = true;
        await cluster.SubmitAsync(SweepCluster.Trials(name, trials));
        await cluster.UntilAsync(name, view => view.Running.Length == running);
        return script;
    }
}
