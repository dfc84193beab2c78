using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Sweeps;

/// <summary>What users ask of the sweep.</summary>
internal sealed partial class SweepGrain
{
    /// <summary>Shortest time between two views of one watcher.</summary>
    private static readonly TimeSpan ViewInterval = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc />
    public Task<SweepView> GetAsync()
    {
        Existing();
        return Task.FromResult(_watch.View(clock.GetUtcNow()));
    }

    /// <inheritdoc />
    public async Task<SweepChanges> GetChangesAsync(string? mark, bool wholeCurves, TimeSpan wait)
    {
        Existing();
        if (wait > TimeSpan.Zero && mark == _watch.Mark)
        {
            await Task.WhenAny(_watch.NextChange, Task.Delay(wait, clock));
        }

        SweepState state = Existing();
        return _watch.After(mark, wholeCurves, (whole, cells, trials, curves) => new SweepChanges(
            _watch.Mark,
            whole,
            _takenUp,
            _createdAt,
            _trace.Sweep == default ? null : _trace.Sweep.TraceId.ToString(),
            state.Spec,
            _watch.View(clock.GetUtcNow()),
            cells,
            trials,
            curves,
            state.SubmittedBy));
    }

    /// <inheritdoc />
    public Task<bool> IsAtWorkAsync() => Task.FromResult(_takenUp && _state is not null);

    /// <inheritdoc />
    public Task<ImmutableArray<TrialRecord>> GetTrialsAsync() =>
        Task.FromResult<ImmutableArray<TrialRecord>>([.. Existing().Trials.Select(trial => trial.Record)]);

    /// <inheritdoc />
    public Task<ImmutableArray<SweepEventLine>> GetEventsAfterAsync(long sequence)
    {
        Existing();
        return Task.FromResult(_watch.EventsAfter(sequence));
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<SweepView> WatchAsync([EnumeratorCancellation] CancellationToken stop = default)
    {
        while (!stop.IsCancellationRequested)
        {
            SweepState state = Existing();
            Task next = _watch.NextChange;
            yield return _watch.View(clock.GetUtcNow());
            if (state.HasEnded)
            {
                yield break;
            }

            // A second without a change still moves the clocks on the screen.
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromSeconds(1), clock, stop));
            await Task.Delay(ViewInterval, clock, stop);
        }
    }

    /// <inheritdoc />
    public async Task<ControlResult> PauseAsync() => await ControlAsync(
        new SweepEvent.Paused(clock.GetUtcNow()),
        "paused: running jobs go on to their end, no new one starts",
        state => $"it is {Word(state)}, not running");

    /// <inheritdoc />
    public async Task<ControlResult> ResumeAsync()
    {
        SweepState state = Existing();
        if (state.Status == SweepStatus.Running)
        {
            await TakeUpAsync();
            return new ControlResult(true, "it goes on");
        }

        return await ControlAsync(
            new SweepEvent.Resumed(clock.GetUtcNow()),
            "it goes on",
            after => $"it is {Word(after)}: there is nothing to go on with; `retry` queues failed jobs again");
    }

    /// <inheritdoc />
    public async Task<ControlResult> CancelAsync() => await ControlAsync(
        new SweepEvent.Cancelled(clock.GetUtcNow()),
        "cancelled: running jobs stop within a step; `resume` goes on with it",
        state => $"it is {Word(state)} already");

    /// <inheritdoc />
    public async Task<ControlResult> RetryAsync(ImmutableArray<string> jobs)
    {
        SweepState state = Existing();
        var chosen = ImmutableArray.CreateBuilder<JobKey>();
        foreach (string job in jobs)
        {
            if (!JobNames.TryParse(state, job, out JobKey key))
            {
                return new ControlResult(false, $"it has no job '{job}'; jobs are named like T-0012 or R-003");
            }

            chosen.Add(key);
        }

        return await ControlAsync(
            new SweepEvent.Retried(chosen.ToImmutable(), clock.GetUtcNow()),
            "queued again",
            _ => jobs.IsEmpty ? "no job failed, ran out of memory or was stopped" : "none of these failed, ran out of memory or was stopped");
    }

    /// <inheritdoc />
    public async Task<ControlResult> DeleteAsync()
    {
        SweepState state = Existing();
        IEnumerable<(WorkerKey, JobKey, int)> waiting = state.Prefetched.Select(job => (job.Value.Lease.Worker, job.Key, job.Value.Attempt));
        IEnumerable<(WorkerKey, JobKey, int)> running = state.Running.Select(job => (job.Value.Lease.Worker, job.Key, job.Value.Attempt));
        foreach ((WorkerKey worker, JobKey key, int attempt) in waiting.Concat(running))
        {
            Post("a stop", WorkerOf(worker).StopAsync(key, attempt, "the sweep was deleted"));
        }

        Want([.. state.Running.Values.Select(job => job.Lease.Id)], slots: 0);
        await store.DeleteAsync(Name, CancellationToken.None);
        checkpoints.Delete(Name);
        _state = null;
        _watch.End();
        DeactivateOnIdle();
        return new ControlResult(true, "deleted with its results and checkpoints");
    }

    private async Task<ControlResult> ControlAsync(SweepEvent change, string done, Func<SweepState, string> refused)
    {
        SweepState before = Existing();
        await AdvanceAsync(change);
        await _withdrawn;
        SweepState after = Existing();
        return ReferenceEquals(before, after) ? new ControlResult(false, refused(after)) : new ControlResult(true, done);
    }

    private async Task<SubmitResult> ContinueAsync(SweepState present, SweepSpec spec)
    {
        spec = StoppingChoice.YieldTo(present.Asked, spec);
        ImmutableArray<SpecDifference> differences = SpecDifference.Between(present.Asked, spec);
        if (!differences.IsEmpty && !SpecDifference.Between(present.Spec, spec).IsEmpty)
        {
            return new SubmitResult(
                SubmitStatus.Refused,
                [
                    new SpecProblem("name", spec.Name, $"A sweep of this name exists with another spec: `sweeper extend {spec.Name} --spec FILE` starts its next generation; or choose another name, or `sweeper delete {spec.Name}`."),
                    .. differences.Select(difference => new SpecProblem(
                        difference.Path, difference.After, $"The stored sweep has {difference.Before} here.")),
                ]);
        }

        Activity.Current?.AddLink(new ActivityLink(_trace.Sweep)); // the sweep's own trace is that of its first submission
        if (present.Status == SweepStatus.Completed)
        {
            return new SubmitResult(SubmitStatus.AlreadyEnded, []);
        }

        if (present.Status == SweepStatus.Running)
        {
            await TakeUpAsync();
        }
        else
        {
            await AdvanceAsync(new SweepEvent.Resumed(clock.GetUtcNow()));
        }

        return new SubmitResult(SubmitStatus.Continued, []);
    }

    private static string Word(SweepState state) => state.Status.ToString().ToLowerInvariant();
}
