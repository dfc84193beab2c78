using System.Collections.Immutable;
using System.Diagnostics;
using Sweeper.Contracts.Jobs;
using Sweeper.Grains.Workers;
using Sweeper.Tests.Benchmarks.Folding;
using Sweeper.Tests.Benchmarks.Orchestration;
using Sweeper.Training.Data;
using Sweeper.Training.Running;

namespace Sweeper.Tests.Benchmarks.Shapes;

/// <summary>A device whose trials wait, report and save, and take no processor time to speak of.</summary>
internal sealed class WaitingEngine(Shape shape, string folder) : NoOpEngine
{
    private const int CheckpointBytes = 10_000_000;

    /// <inheritdoc />
    public override JobReport Run(JobTicket ticket, JobControl control)
    {
        var clock = Stopwatch.StartNew();
        int total = (int)(shape.Seconds * shape.Results);
        double next = shape.CheckpointEvery;
        for (int number = 1; number <= total; number++)
        {
            Wait(clock, number / shape.Results);
            control.Progress(new JobProgress(
                ticket.Key, ticket.Attempt, "local/sim", number, total, 0.1, 0.9, 0.5, 0.9, 1_000, 1, new ProgressReadings([number], [0.9], 10, 1_000)));
            if (next > 0 && clock.Elapsed.TotalSeconds >= next)
            {
                CheckpointFile.Write(Path.Combine(folder, $"{ticket.Key.Number}.checkpoint"), Checkpoint(number));
                next += shape.CheckpointEvery;
            }
        }

        Wait(clock, shape.Seconds);
        return new JobReport(ticket.Key, ticket.Attempt, ticket.LeaseId, MadeOutcome.Of(ticket), MadeOutcome.Run(ticket), JobCurves.Empty);
    }

    private static void Wait(Stopwatch clock, double until)
    {
        double left = until - clock.Elapsed.TotalSeconds;
        if (left > 0)
        {
            Thread.Sleep(TimeSpan.FromSeconds(left));
        }
    }

    private static Checkpoint Checkpoint(int step) => new()
    {
        Fingerprint = "none",
        Step = step,
        WallTime = TimeSpan.Zero,
        TrainingTime = TimeSpan.Zero,
        Monitor = DivergenceMonitor.Start,
        Curve = [],
        PendingLosses = (0, 0),
        Evaluations = [],
        Session = new SessionState(new byte[CheckpointBytes], ImmutableArray<byte[]>.Empty, step, ImmutableArray<byte[]>.Empty, [], new BatchSourceState(0, step, [], [])),
    };
}
