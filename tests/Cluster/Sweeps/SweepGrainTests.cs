using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Xunit;

namespace Sweeper.Tests.Cluster.Sweeps;

/// <summary>Whole sweeps through the real grains.</summary>
public sealed class SweepGrainTests(SweepCluster cluster) : IClassFixture<SweepCluster>
{
    [Fact]
    public async Task Submit_RangeTestedSweep_RunsToItsEndAndIsStored()
    {
        SweepSpec spec = SweepCluster.RangeTested("whole");

        SubmitResult submitted = await cluster.Sweep("whole").SubmitAsync(spec);
        SweepResults results = await cluster.EndAsync("whole");

        Assert.Equal(SubmitStatus.Created, submitted.Status);
        Assert.Equal(2, results.Cells.Count(cell => cell.Findings is not null));
        Assert.Equal(4, results.Trials.Count(trial => trial.Score is not null));
        Assert.Equal([0.0875, 0.35], results.Trials.Select(trial => trial.Configuration.MaxLearningRate).Distinct().Order());
        Assert.Equal(results.Trials, await cluster.Sweep("whole").GetTrialsAsync());
        Assert.Equal((SweepStatus.Completed, 4, 4), (results.Summary.Status, results.Summary.Trials, results.Summary.Ended));
        Assert.Equal(0.9 - 0.0875, results.Summary.BestAccuracy!.Value, 1e-9);
        Assert.Contains("whole", (await cluster.Results.ListAsync()).Select(sweep => sweep.Name));
        JobCurves? curves = await cluster.Results.GetCurvesAsync(new JobKey("whole", JobKind.Trial, 1));
        Assert.Equal([0.1, 0.2], curves!.LearningRate);
        Assert.Equal(6, cluster.ScriptOf("whole").Forgotten.Count);
    }

    [Fact]
    public async Task Submit_ManyTrials_KeepsEverySlotBusyAndNoneTwice()
    {
        SweepScript script = cluster.ScriptOf("busy");
        script.Gated = true;
        await cluster.SubmitAsync(SweepCluster.Trials("busy", 12));

        SweepView view = await cluster.UntilAsync("busy", view => view.Running.Length == SweepCluster.Devices * SweepCluster.Slots);
        Assert.Equal(["node/sim:0", "node/sim:0", "node/sim:1", "node/sim:1"], view.Running.Select(job => job.Worker).Order());
        view = await cluster.UntilAsync("busy", view => view.Running.All(job => job.Progress is not null));
        Assert.All(view.Running, job => Assert.Equal(10, job.Progress!.TotalSteps));

        script.Open();
        SweepResults results = await cluster.EndAsync("busy");

        Assert.Equal(12, results.Trials.Count(trial => trial.Score is not null));
        Assert.Equal(Enumerable.Range(1, 12).Select(number => ($"T-{number:0000}", 1)), script.Started.Order());
        Assert.All(cluster.Simulated.Engines, device => Assert.True(device.Engine.Most <= SweepCluster.Slots));
    }

    [Fact]
    public async Task Submit_SecondSweep_GetsItsShareOfTheSlots()
    {
        SweepScript early = cluster.ScriptOf("early");
        SweepScript late = cluster.ScriptOf("late");
        early.Gated = late.Gated = true;
        await cluster.SubmitAsync(SweepCluster.Trials("early", 12));
        await cluster.UntilAsync("early", view => view.Running.Length == 4);

        await cluster.SubmitAsync(SweepCluster.Trials("late", 12));
        early.Pass(2);
        await cluster.UntilAsync("late", view => view.Running.Length == 2);
        await cluster.UntilAsync("early", view => view is { Running.Length: 2, Counts.Completed: 2 });
        early.Pass(3);

        SweepView shared = await cluster.UntilAsync("early", view => view is { Running.Length: 2, Counts.Completed: 5 });
        Assert.Equal(2, (await cluster.Sweep("late").GetAsync()).Running.Length);
        Assert.Equal(5, shared.Counts.Ready);
        early.Open();
        late.Open();
        Assert.Equal(12, (await cluster.EndAsync("early")).Trials.Count(trial => trial.Score is not null));
        Assert.Equal(12, (await cluster.EndAsync("late")).Trials.Count(trial => trial.Score is not null));
    }

    [Fact]
    public async Task Submit_MaxParallel_IsKept()
    {
        SweepScript script = cluster.ScriptOf("narrow");
        SweepSpec spec = SweepCluster.Trials("narrow", 6);
        int atOnce = 0;
        int most = 0;
        script.End = ticket =>
        {
            lock (script)
            {
                most = Math.Max(most, ++atOnce);
            }

            lock (script)
            {
                atOnce--;
            }

            return SweepScript.Well(ticket);
        };

        await cluster.SubmitAsync(spec with { Limits = spec.Limits with { MaxParallel = 1 } });
        await cluster.EndAsync("narrow");

        Assert.Equal(1, most);
        Assert.Equal(Enumerable.Range(1, 6), script.Started.Select(start => int.Parse(start.Job[2..], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Submit_SpecOfUnsoundValues_IsRefusedWithEveryProblem()
    {
        SweepSpec spec = SweepCluster.Trials("unsound", 1);

        SubmitResult result = await cluster.Sweep("unsound").SubmitAsync(spec with
        {
            Model = new ModelSpec("nonesuch"),
            Data = spec.Data with { Validation = 0.9 },
        });

        Assert.Equal(SubmitStatus.Refused, result.Status);
        Assert.Equal(["data.validation", "model.name"], result.Problems.Select(problem => problem.Path).Order());
        await Assert.ThrowsAsync<SweepNotFoundException>(() => cluster.Sweep("unsound").GetAsync());
    }

    [Fact]
    public async Task Submit_DataThatTheWorkerCannotRead_IsRefused()
    {
        var problem = new SpecProblem("data.set", "mnist", "the files are truncated");
        cluster.ScriptOf("unreadable").Problems = [problem];

        SubmitResult result = await cluster.Sweep("unreadable").SubmitAsync(SweepCluster.Trials("unreadable", 1));

        Assert.Equal(SubmitStatus.Refused, result.Status);
        Assert.Equal([problem], result.Problems);
        Assert.Null(await cluster.Store.ReadEventsAsync("unreadable", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Submit_Again_GoesOnOrSaysThatItHasEnded()
    {
        SweepSpec spec = SweepCluster.Trials("again", 2);
        SweepScript script = cluster.ScriptOf("again");
        script.Gated = true;
        await cluster.SubmitAsync(spec);

        Assert.Equal(SubmitStatus.Continued, (await cluster.Sweep("again").SubmitAsync(spec)).Status);
        script.Open();
        await cluster.EndAsync("again");
        Assert.Equal(SubmitStatus.AlreadyEnded, (await cluster.Sweep("again").SubmitAsync(spec)).Status);
        Assert.Equal(2, script.Started.Count);
    }

    [Fact]
    public async Task Submit_NameOfAnotherSpec_IsRefusedAndNamesTheDifference()
    {
        SweepSpec spec = SweepCluster.Trials("taken", 1);
        await cluster.SubmitAsync(spec);

        SubmitResult result = await cluster.Sweep("taken").SubmitAsync(spec with { Seed = 99 });

        Assert.Equal(SubmitStatus.Refused, result.Status);
        Assert.Equal(["name", "seed"], result.Problems.Select(problem => problem.Path));
    }

    [Fact]
    public async Task Submit_JobThatThrows_FailsAloneAndSaysWhy()
    {
        cluster.ScriptOf("throws").End = ticket => ticket.Key.Number == 2 ? throw new InvalidOperationException("no such layer") : SweepScript.Well(ticket);
        await cluster.SubmitAsync(SweepCluster.Trials("throws", 3));

        SweepResults results = await cluster.EndAsync("throws");

        Assert.Equal(new JobOutcome.Failed("no such layer"), results.Trials[1].Outcome);
        Assert.Equal(2, results.Trials.Count(trial => trial.Score is not null));
    }

    [Fact]
    public async Task Report_Duplicate_CountsOnce()
    {
        await cluster.SubmitAsync(SweepCluster.Trials("double", 1));
        SweepResults results = await cluster.EndAsync("double");
        var ticket = new JobTicket(new JobKey("double", JobKind.Trial, 1), 1, 1, results.Trials[0].Configuration, 1, results.Spec);

        await Reports("double").ReportAsync(SimulatedEngine.Report(ticket, new JobOutcome.Failed("late")));

        Assert.Equal(results.Trials, (await cluster.Results.GetAsync("double")).Trials);
    }

    [Fact]
    public async Task Report_StaleAttempt_IsRefused()
    {
        SweepScript script = cluster.ScriptOf("stale");
        script.Gated = true;
        await cluster.SubmitAsync(SweepCluster.Trials("stale", 1));
        SweepView view = await cluster.UntilAsync("stale", view => view.Running.Length == 1);
        var stale = new JobTicket(view.Running[0].Key, 7, 1, view.Running[0].Configuration, 1, SweepCluster.Trials("stale", 1));

        await Reports("stale").ReportAsync(SimulatedEngine.Report(stale, new JobOutcome.Failed("from the dead")));
        JobVerdict verdict = await Reports("stale").ReportProgressAsync(new JobProgress(stale.Key, 7, "w", 1, 2, 0.1, 0.9, 1, null, 1, null));
        await Reports("stale").HandBackAsync(stale.Key, 7, "stale");
        await Reports("stale").LoseAsync(12345, "stale");

        Assert.Equal(JobVerdict.Stop, verdict);
        Assert.Equal(view.Running[0].Attempt, Assert.Single((await cluster.Sweep("stale").GetAsync()).Running).Attempt);
        script.Open();
        Assert.NotNull((await cluster.EndAsync("stale")).Trials[0].Score);
    }

    [Fact]
    public async Task Watch_Sweep_ShowsItsEndAndThenEnds()
    {
        await cluster.SubmitAsync(SweepCluster.Trials("seen", 3));

        var views = new List<SweepView>();
        await foreach (SweepView view in cluster.Sweep("seen").WatchAsync(TestContext.Current.CancellationToken))
        {
            views.Add(view);
        }

        Assert.Equal(SweepStatus.Completed, views[^1].Status);
        Assert.Equal(3, views[^1].Counts.Completed);
        Assert.Equal(views.Select(view => view.Sequence).Order(), views.Select(view => view.Sequence));
        Assert.Equal([1, 2, 3], views[^1].Leaders.Select(leader => leader.Rank));
        Assert.Equal(0.001, views[^1].Leaders[0].Configuration.MaxLearningRate);
        Assert.Contains("T-0003 started on node/sim:", string.Join('\n', views[^1].Events.Select(line => line.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_SweepThatIsNot_ThrowsWithItsNameAcrossTheWire()
    {
        foreach (Func<Task> call in new Func<Task>[]
        {
            () => cluster.Sweep("absent").GetAsync(),
            () => cluster.Sweep("absent").GetTrialsAsync(),
            () => cluster.Sweep("absent").PauseAsync(),
            () => cluster.Sweep("absent").DeleteAsync(),
            () => cluster.Results.GetAsync("absent"),
        })
        {
            SweepNotFoundException error = await Assert.ThrowsAsync<SweepNotFoundException>(call);
            Assert.Equal("absent", error.Sweep);
            Assert.Contains("There is no sweep named 'absent'", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task List_Workers_ShowsTheDevices()
    {
        IWorkerPoolGrain pool = cluster.Silo.Client.GetGrain<IWorkerPoolGrain>(0);

        Assert.Equal(
            [("node/sim:0", "simulated sim:0", 2), ("node/sim:1", "simulated sim:1", 2)],
            (await pool.ListAsync()).Select(worker => (worker.Key.ToString(), worker.Device, worker.Slots)));
    }

    private ISweepReports Reports(string sweep) => cluster.Silo.Client.GetGrain<ISweepReports>(sweep);
}
