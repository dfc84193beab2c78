using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Pages;
using Sweeper.Contracts.Sweeps;
using Xunit;

namespace Sweeper.Tests.Unit.Pages;

public sealed class TrialColumnsTests
{
    [Fact]
    public void Of_TrialsInEveryState_HasEqualColumnsAndEachWordOnce()
    {
        var waiting = new TrialRecord(1, 1, new Configuration(0, 32, 1e-4, 0), 1, 7, JobStatus.Waiting, 0, null, null);
        var diverged = new TrialRecord(2, 1, new Configuration(0.5, 32, 1e-4, 0.1), 1, 7, JobStatus.Done, 2, new JobOutcome.Diverged(3, 0.5, "NaN"), Run("node/cpu"));
        var trained = new TrialRecord(
            3, 2, new Configuration(0.1, 64, 0, 0), 2, 8, JobStatus.Done, 1, new JobOutcome.Trained(new TrialScore(0.3, 0.4, 0.8, 0.5, 0.7, "00")), Run("node/cpu"));

        TrialColumns columns = TrialColumns.Of([waiting, diverged, trained]);

        Assert.Equal(3, columns.Count);
        Assert.All(
            typeof(TrialColumns).GetProperties().Where(column => column.Name is not (nameof(TrialColumns.Count) or nameof(TrialColumns.Words))),
            column => Assert.Equal(3, ((System.Collections.ICollection)column.GetValue(columns)!).Count)); // every column is an array
        Assert.Equal(["waiting", "diverged", "completed"], columns.State.Select(place => columns.Words[place]));
        Assert.Equal(["", "node/cpu", "node/cpu"], columns.Worker.Select(place => columns.Words[place]));
        Assert.Equal(columns.Words.Distinct(), columns.Words);
        Assert.Equal([null, 0.5, 0.1], columns.MaxLr);
        Assert.Equal([null, null, 0.8], columns.ValidationAccuracy);
        Assert.Equal([null, 60, 60], columns.StartedAt);
    }

    private static RunInfo Run(string worker) =>
        new(worker, "CPU", "1", 1, "00", 1, DateTimeOffset.UnixEpoch.AddMinutes(1), 5, 10, 1, 100, 0);
}
