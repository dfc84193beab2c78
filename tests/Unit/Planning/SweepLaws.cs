using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Planning.Sampling;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

/// <summary>What holds in every state of every sweep, counted anew from the records.</summary>
internal static class SweepLaws
{
    public static void Check(SweepState state)
    {
        Indexes(state);
        RunningJobs(state);
        PrefetchedJobs(state);
        Epochs(state);
        Status(state);
    }

    private static void Indexes(SweepState state)
    {
        Assert.Equal(Recount(state.Trials.Select(trial => (trial.Record.Status, trial.Record.Outcome))), state.Counts);
        Assert.Equal(
            Recount(state.Cells.Where(cell => cell.HasRangeTest).Select(cell => (cell.Record.Status, cell.Record.Outcome))),
            state.RangeTests);
        Assert.Equal(Numbers(state.Trials.Where(trial => trial.Record.Status == JobStatus.Ready).Select(trial => trial.Record.Number)), state.ReadyTrials.Order());
        Assert.Equal(Numbers(state.Cells.Where(cell => cell.Record.Status == JobStatus.Ready).Select(cell => cell.Record.Number)), state.ReadyCells.Order());
        Assert.Equal(
            state.Cells.GroupBy(cell => cell.Record.Key).ToDictionary(same => same.Key, same => same.Last().Record.Number), state.CellNumbers.ToDictionary());
        Assert.Equal(state.Cells.Count(cell => cell.HasRangeTest && cell.Record.Findings?.MaxLearningRate > 0), state.BoundedCells);
        Assert.Equal(state.Trials.Count(trial => trial.Record.Replicate == 1 && !state.Front.Contains(trial.Record.Number)), state.Chosen);
        Assert.Equal(state.Cells.Any(cell => cell.HasRangeTest && cell.Record.Status is not (JobStatus.Done or JobStatus.Skipped)), state.HasOpenRangeTests);
        if (state.Sampled is { } sampled)
        {
            var groups = state.Trials.GroupBy(trial => trial.Record.Configuration).ToArray();
            Assert.Equal(groups.Select(group => group.Key), sampled.Rows.Select(row => row.At));
            Assert.Equal(groups.SelectMany(group => group.Select(trial => trial.Record)), sampled.Rows.SelectMany(row => row.Trials));
            Assert.Equal(sampled.Rows.Select(row => sampled.See(sampled.Space.Write(row.At, row.Position), row.Trials)), sampled);
            Assert.Equal((sampled.Count(seen => seen.IsPending), sampled.Count(seen => seen.Failed)), (sampled.Pending, sampled.Failed));
            Assert.All(sampled, seen => Assert.True(sampled.Holds(seen.Point)));
        }

        Assert.Equal(state.Counts.Total, state.Counts.Waiting + state.Counts.Ready + state.Counts.Running + state.Counts.Ended);
    }

    private static void RunningJobs(SweepState state)
    {
        var running = state.Trials.Where(trial => trial.Record.Status == JobStatus.Running)
            .Select(trial => (Key: new JobKey(state.Spec.Name, JobKind.Trial, trial.Record.Number), trial.Record.Attempts))
            .Concat(state.Cells.Where(cell => cell.Record.Status == JobStatus.Running)
                .Select(cell => (Key: new JobKey(state.Spec.Name, JobKind.RangeTest, cell.Record.Number), cell.Record.Attempts)));
        Assert.Equal(
            running.OrderBy(job => job.Key.ShortName, StringComparer.Ordinal),
            state.Running.Select(job => (job.Key, Attempts: job.Value.Attempt)).OrderBy(job => job.Key.ShortName, StringComparer.Ordinal));
        Assert.Equal(state.Running.ToDictionary(job => job.Value.Lease.Id, job => job.Key), state.Leases.ToDictionary());
        Assert.True(!ReferenceEquals(state.Spec.Limits, state.Asked.Limits) || state.Running.Count <= (state.Spec.Limits.MaxParallel ?? int.MaxValue)); // a user may narrow it under running jobs
        Assert.InRange(state.SlotsWanted, 0, state.ReadyCells.Count + state.ReadyTrials.Count + SampledSearch.Left(state));
    }

    private static void PrefetchedJobs(SweepState state)
    {
        Assert.Equal(state.Prefetched.ToDictionary(job => job.Value.Lease.Id, job => job.Key), state.PrefetchedLeases.ToDictionary());
        Assert.Equal(state.Prefetched.Count, state.Prefetched.Values.Select(job => job.Number).Distinct().Count());
        Assert.True(state.Prefetched.Values.Count(job => !state.Leases.ContainsKey(job.Lease.Id)) <= 1, "one slot at a time is handed on");
        foreach ((JobKey key, PrefetchedJob job) in state.Prefetched)
        {
            (JobStatus status, int attempts, _, _) = state.Standing(key)!.Value;
            Assert.Equal(job.Attempt, attempts + 1);
            Assert.NotEqual(JobStatus.Running, status);
            Assert.InRange(job.Number, 1, state.Sequence);
        }
    }

    private static void Epochs(SweepState state)
    {
        double perTest = state.Spec.RangeTest is { Steps: null, Method: RangeTestMethod.Smith } test ? test.Epochs : 0;
        double ended = state.Trials.Sum(trial => trial.Record.Run?.EpochsSpent ?? 0) + state.Cells.Sum(cell => cell.Record.Run?.EpochsSpent ?? 0);
        double running = state.Running.Keys.Concat(state.Prefetched.Keys).Sum(key => key.Kind == JobKind.Trial
            ? (state.Trial(key.Number).Record.Plan?.Epochs ?? state.Spec.Training.Epochs) * state.Spec.Training.CostFactor
            : perTest * state.Cell(key.Number).Record.LengthFactor);
        Assert.Equal(ended + running, state.EpochsCommitted, 1e-6);
        if (ReferenceEquals(state.Spec.Limits, state.Asked.Limits) && state.Spec.Limits.Epochs is { } limit && state.Spec.RangeTest is { Steps: null, Method: RangeTestMethod.Smith })
        {
            Assert.True(state.EpochsCommitted <= limit + 1e-6, $"{state.EpochsCommitted} epochs of {limit}");
        }
    }

    private static void Status(SweepState state)
    {
        foreach (TrialRecord trial in state.Trials.Select(trial => trial.Record))
        {
            Assert.Equal(trial.Status is JobStatus.Done or JobStatus.Skipped, trial.Outcome is not null);
            Assert.True(trial.Configuration.MaxLearningRate > 0 || trial.Status is JobStatus.Waiting or JobStatus.Skipped);
        }

        if (state.Sequence > 0)
        {
            bool open = state.Running.Count + state.Counts.Ready + state.Counts.Waiting + state.RangeTests.Ready + SampledSearch.Left(state) > 0;
            Assert.True(open || state.Status is SweepStatus.Completed or SweepStatus.Cancelled);
            Assert.False(open && state.Status == SweepStatus.Completed, "a completed sweep has nothing left to run");
        }
    }

    private static JobCounts Recount(IEnumerable<(JobStatus Status, JobOutcome? Outcome)> jobs)
    {
        var all = jobs.ToList();
        int Done<T>() => all.Count(job => job.Status == JobStatus.Done && job.Outcome is T);
        return new JobCounts(
            all.Count,
            all.Count(job => job.Status == JobStatus.Waiting),
            all.Count(job => job.Status == JobStatus.Ready),
            all.Count(job => job.Status == JobStatus.Running),
            Done<JobOutcome.Trained>() + Done<JobOutcome.RangeTested>() + Done<JobOutcome.ResumeChecked>(),
            Done<JobOutcome.Diverged>(),
            Done<JobOutcome.Failed>() + Done<JobOutcome.OutOfMemory>(),
            Done<JobOutcome.Stopped>(),
            all.Count(job => job.Status == JobStatus.Skipped),
            Done<JobOutcome.StoppedEarly>());
    }

    private static IEnumerable<int> Numbers(IEnumerable<int> numbers) => numbers.Order();
}
