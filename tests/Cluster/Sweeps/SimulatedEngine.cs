using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Workers;

namespace Sweeper.Tests.Cluster.Sweeps;

/// <summary>A device that follows the script of its job's sweep instead of training.</summary>
internal sealed class SimulatedEngine(SimulatedDevices devices, string device) : IJobEngine
{
    private int _atWork;
    private int _most;

    /// <summary>Most jobs that it ever ran at once.</summary>
    public int Most => _most;

    public string Description => "simulated " + device;

    public long MemoryBytes => 1;

    public int JobsPerSlot { get; set; } = 1;

    public ImmutableArray<SpecProblem> Check(SweepSpec spec) => devices.ScriptOf(spec.Name).Problems;

    public EngineIdentity? Identify(SweepSpec spec) => devices.ScriptOf(spec.Name).Identity;

    public BatchFit FitBatch(SweepSpec spec, int slots) => new(64, "a simulated device has no more", [new BatchTry(64, 1000, null, null)], Description);

    /// <inheritdoc />
    public ImmutableArray<MeasuredSpeed> Measure(SweepSpec spec, ImmutableArray<int> batchSizes) =>
        [.. batchSizes.Select(batch => new MeasuredSpeed(batch, 0.5, 4, 1, 2, 0.1))];

    public JobReport Run(JobTicket ticket, JobControl control)
    {
        int atWork = Interlocked.Increment(ref _atWork);
        InterlockedMax(ref _most, atWork);
        try
        {
            SweepScript script = devices.ScriptOf(ticket.Key.Sweep);
            script.Started.Enqueue((ticket.Key.ShortName, ticket.Attempt));
            return Report(ticket, script.Run(ticket, control));
        }
        finally
        {
            Interlocked.Decrement(ref _atWork);
        }
    }

    public JobReport Failure(JobTicket ticket, Exception error) => Report(ticket, new JobOutcome.Failed(error.Message));

    public void Forget(JobKey key) => devices.ScriptOf(key.Sweep).Forgotten.Enqueue(key.ShortName);

    public static JobReport Report(JobTicket ticket, JobOutcome outcome)
    {
        double epochs = outcome is JobOutcome.Stopped ? 0.5 : ticket.Key.Kind == JobKind.Trial ? ticket.Spec.Training.Epochs : ticket.Spec.RangeTest.Epochs;
        return new JobReport(
            ticket.Key,
            ticket.Attempt,
            ticket.LeaseId,
            outcome,
            new RunInfo("simulated", "simulated", "test", ticket.Seed, "00", 1, DateTimeOffset.UnixEpoch, 1, 10, epochs, 1, 0, SweepScript.Platform),
            new JobCurves([1, 2], [0.1, 0.2], [0.9, 0.8], [2, 1], [2, 1], [new Evaluation(2, EvaluationSet.Test, 0.5, 0.5)]));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (int seen = Volatile.Read(ref most); seen < value; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
