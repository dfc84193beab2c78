using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Store;
using Xunit;

namespace Sweeper.Tests.Cluster.Sweeps;

/// <summary>Jobs that wait on workers behind others: a device goes on while the store, the coordinator and the pool do their part.</summary>
public sealed class PrefetchTests : IAsyncLifetime
{
    private const int Slots = SweepCluster.Devices * SweepCluster.Slots;

    private readonly SweepCluster _cluster = new();
    private readonly ManualResetEventSlim _rest = new();

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        _rest.Set();
        await _cluster.DisposeAsync();
        _rest.Dispose();
    }

    [Fact]
    public async Task Jobs_EndWhileTheStoreWrites_TheNextAreAtWorkAlready()
    {
        using var gate = new ManualResetEventSlim();
        _cluster.ScriptOf("ahead").End = ticket =>
        {
            (ticket.Key.Number <= Slots ? gate : _rest).Wait();
            return SweepScript.Well(ticket);
        };
        SweepScript script = await WaitingAsync("ahead", 2 * Slots + 2, gated: false);
        TaskCompletionSource held = _cluster.Store.HoldWrites("ahead");

        gate.Set();
        await UntilStartedAsync(script, 2 * Slots);

        // What is not stored has not happened: the sweep still shows the jobs that have ended at work.
        Assert.Equal(0, (await _cluster.Sweep("ahead").GetAsync()).Counts.Completed);
        held.SetResult();
        await _cluster.UntilAsync("ahead", view => view.Counts.Completed == Slots && view.Running.Length == Slots);
        _rest.Set();
        await EndOnceAsync("ahead", script);
    }

    [Fact]
    public async Task Store_AwayWhileJobsEnd_BothTheyAndTheNextAreStoredInTheirOrder()
    {
        SweepScript script = await WaitingAsync("away", 3 * Slots);
        _cluster.Store.FailWrites("away", 5);

        script.Open();

        await EndOnceAsync("away", script);
        string[] kinds = await KindsAsync("away");
        Assert.True(kinds.Count(kind => kind == "SlotGranted") >= 3 * Slots);
    }

    [Fact]
    public async Task Store_LosesItsAnswers_NoJobRunsTwice()
    {
        SweepScript script = await WaitingAsync("unsure", 3 * Slots);
        _cluster.Store.LoseAnswers("unsure", 3);

        script.Open();

        await EndOnceAsync("unsure", script);
    }

    [Fact]
    public async Task Submit_AnotherSweep_CallsWaitingJobsBackAndGetsTheNextSlots()
    {
        SweepScript first = await WaitingAsync("first", 3 * Slots), second = _cluster.ScriptOf("second");
        second.Gated = true;

        await _cluster.SubmitAsync(SweepCluster.Trials("second", 2));
        await UntilKindAsync("first", "PrefetchReturned", Slots);
        first.Pass(2);
        await _cluster.UntilAsync("second", view => view.Running.Length == 2);

        Assert.Equal(Slots, first.Started.Count);
        second.Open();
        await EndOnceAsync("second", second);
        await EndOnceAsync("first", first);
    }

    [Fact]
    public async Task Pause_WhileJobsWait_StartsNoneOfThem()
    {
        SweepScript script = await WaitingAsync("paused", 3 * Slots);

        await _cluster.Sweep("paused").PauseAsync();
        script.Pass(Slots);
        await _cluster.UntilAsync("paused", view => view.Counts.Completed == Slots);

        Assert.Equal(Slots, script.Started.Count);
        await _cluster.Sweep("paused").ResumeAsync();
        await EndOnceAsync("paused", script);
    }

    [Fact]
    public async Task Enqueue_WhileJobsWait_IsTheNextToStart()
    {
        SweepScript script = await WaitingAsync("front", 3 * Slots);

        Assert.True((await _cluster.Sweep("front").EnqueueAsync(new Configuration(0.5, 32, 0, 0), 1, "anna@host")).Done);
        script.Pass();
        await UntilStartedAsync(script, Slots + 1);

        Assert.Equal("T-0013", script.Started.ElementAt(Slots).Job);
        await EndOnceAsync("front", script);
    }

    [Fact]
    public async Task Coordinator_MovesWhileJobsWait_TheyAreItsOwn()
    {
        SweepScript script = await WaitingAsync("moved", 3 * Slots);
        await _cluster.Silo.DeactivateAsync(_cluster.Sweep("moved"));

        script.Pass(Slots);
        await UntilStartedAsync(script, 2 * Slots);

        await EndOnceAsync("moved", script);
    }

    [Fact]
    public async Task Worker_DrainedWhileJobsWait_RunsNoneOfThem()
    {
        SweepScript script = await WaitingAsync("drained", 3 * Slots);
        WorkerKey drained = (await _cluster.Silo.Client.GetGrain<IWorkerPoolGrain>(0).ListAsync())[0].Key;

        await _cluster.Silo.Client.GetGrain<IGpuWorkerGrain>(drained.ToString()).SetDutyAsync(WorkerDuty.Drained, "test");
        await _cluster.UntilAsync("drained", view => view.Running.Length == SweepCluster.Slots);
        Assert.Equal(Slots, script.Started.Count);
        script.Open();
        SweepResults results = await _cluster.EndAsync("drained");

        Assert.Equal(3 * Slots, results.Trials.Count(trial => trial.Score is not null));
        Assert.Equal(SweepCluster.Slots, results.Trials.Count(trial => trial.Attempts == 2)); // those that ran there
        Assert.Equal(script.Started.Count, script.Started.Distinct().Count());
    }

    [Fact]
    public async Task Silo_EndsWhileJobsWait_TheNextOneGoesOnWithAll()
    {
        SweepScript script = await WaitingAsync("restart", 3 * Slots);
        await _cluster.StopAsync();
        Assert.Equal(Slots, script.Started.Count);

        await using SweepCluster next = _cluster.Next();
        await next.InitializeAsync();
        await next.Sweep("restart").ResumeAsync();
        SweepResults results = await next.EndAsync("restart");

        Assert.Equal(3 * Slots, results.Trials.Count(trial => trial.Score is not null));
        Assert.Equal(2 * Slots, results.Trials.Count(trial => trial.Attempts == 1));
    }

    [Fact]
    public async Task Slot_ThatIsFreeForAJobThatWaits_TakesItOver()
    {
        SweepScript script = _cluster.ScriptOf("tail");
        script.Gated = true;
        await _cluster.SubmitAsync(SweepCluster.Trials("tail", Slots + 2));
        await UntilKindAsync("tail", "Prefetched", 2);

        for (int ended = 1; ended <= 2; ended++) // whichever these are: of four jobs two have another behind them
        {
            script.Pass();
            await _cluster.UntilAsync("tail", view => view.Counts.Completed == ended && view.Running.Length == Slots);
        }

        await EndOnceAsync("tail", script);
    }

    [Fact]
    public async Task Job_ThatWasRunBefore_DoesNotWaitButIsTakenOver()
    {
        SweepScript before = _cluster.ScriptOf("before"), script = _cluster.ScriptOf("again");
        await _cluster.SubmitAsync(Reusing("before", 2 * Slots, seed: 1));
        await _cluster.EndAsync("before");
        script.Gated = true;
        SweepSpec spec = Reusing("again", 2 * Slots, seed: 1);
        await _cluster.SubmitAsync(spec with { Search = spec.Search with { MaxLearningRate = new AxisSpec.Values([.. Enumerable.Range(1, Slots).Select(n => n / 10000.0), .. Enumerable.Range(1, Slots).Select(n => n / 1000.0)]) } });
        await _cluster.UntilAsync("again", view => view.Running.Length == Slots);
        await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken); // beyond the next tick

        script.Open();
        await _cluster.EndAsync("again");

        Assert.Equal((2 * Slots, Slots), (before.Started.Count, script.Started.Count));
        Assert.DoesNotContain("Prefetched", await KindsAsync("again"));
    }

    private static SweepSpec Reusing(string name, int count, int seed)
    {
        SweepSpec spec = SweepCluster.Trials(name, count);
        return spec with { Seed = seed, Search = spec.Search with { Reuse = true } };
    }

    /// <summary>Submits a sweep whose jobs wait at a gate, until behind each that runs another waits.</summary>
    private async Task<SweepScript> WaitingAsync(string name, int trials, bool gated = true)
    {
        SweepScript script = _cluster.ScriptOf(name);
        script.Gated = gated;
        await _cluster.SubmitAsync(SweepCluster.Trials(name, trials));
        await UntilKindAsync(name, "Prefetched", Slots);
        for (int number = Slots + 1; number <= 2 * Slots; number++)
        {
            await UntilItIsAtAWorkerAsync(new JobKey(name, JobKind.Trial, number));
        }

        Assert.Equal(Slots, script.Started.Count);
        return script;
    }

    /// <summary>Lets a sweep end, each of whose jobs must have run once.</summary>
    private async Task EndOnceAsync(string name, SweepScript script)
    {
        script.Open();
        SweepResults results = await _cluster.EndAsync(name);
        Assert.All(results.Trials, trial => Assert.Equal((1, true), (trial.Attempts, trial.Score is not null)));
        Assert.Equal(results.Trials.Length, script.Started.Count);
        Assert.Equal(script.Started.Count, script.Started.Distinct().Count());
    }

    private async Task UntilItIsAtAWorkerAsync(JobKey job)
    {
        IGpuWorkerGrain[] workers = [.. _cluster.Simulated.Engines.Select(engine => _cluster.Silo.Client.GetGrain<IGpuWorkerGrain>($"node/{engine.Device}"))];
        while (!(await Task.WhenAll(workers.Select(worker => worker.HasAsync(job, 1)))).Any(presence => presence.IsThere))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private static async Task UntilStartedAsync(SweepScript script, int count)
    {
        while (script.Started.Count < count)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private async Task UntilKindAsync(string name, string kind, int count)
    {
        while ((await KindsAsync(name)).Count(one => one == kind) < count)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private async Task<string[]> KindsAsync(string name)
    {
        StoredSweep? stored = await _cluster.Store.ReadEventsAsync(name, TestContext.Current.CancellationToken);
        return [.. stored!.Events.Select(row => row.Kind)];
    }
}
