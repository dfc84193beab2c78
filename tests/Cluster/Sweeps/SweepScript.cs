using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Workers;

namespace Sweeper.Tests.Cluster.Sweeps;

/// <summary>What becomes of a sweep's jobs. Without a word from the test each ends at once and well.</summary>
internal sealed class SweepScript : IDisposable
{
    private readonly SemaphoreSlim _passes = new(0);

    /// <summary>What trying the spec finds.</summary>
    public ImmutableArray<SpecProblem> Problems { get; set; } = [];

    /// <summary>Platform of every simulated device.</summary>
    public const string Platform = "simulated platform";

    /// <summary>What the devices say they are; the data's hash is that of the simulated reports.</summary>
    public EngineIdentity? Identity { get; set; } = new(Platform, "00");

    /// <summary>Whether jobs wait for <see cref="Pass"/> before they end.</summary>
    public bool Gated { get; set; }

    /// <summary>Whether jobs say nothing on their way.</summary>
    public bool Silent { get; set; }

    /// <summary>How a job ends that was not stopped.</summary>
    public Func<JobTicket, JobOutcome> End { get; set; } = Well;

    /// <summary>Attempts in the order in which they reached a device.</summary>
    public ConcurrentQueue<(string Job, int Attempt)> Started { get; } = new();

    /// <summary>Jobs whose checkpoints were dropped.</summary>
    public ConcurrentQueue<string> Forgotten { get; } = new();

    /// <summary>Lets so many gated jobs end.</summary>
    public void Pass(int jobs = 1) => _passes.Release(jobs);

    /// <summary>Lets every gated job end, now and later.</summary>
    public void Open()
    {
        Gated = false;
        _passes.Release(1000);
    }

    public void Dispose() => _passes.Dispose();

    public JobOutcome Run(JobTicket ticket, JobControl control)
    {
        if (!Silent)
        {
            control.Progress(new JobProgress(ticket.Key, ticket.Attempt, "simulated", 1, 10, 0.1, 0.9, 2, null, 100, 1));
        }

        if (Gated)
        {
            try
            {
                while (!_passes.Wait(100, control.Stop))
                {
                    control.Alive();
                }
            }
            catch (OperationCanceledException)
            {
                return new JobOutcome.Stopped(control.StopReason()!); // there is one once Stop is signalled
            }
        }

        return End(ticket);
    }

    public static JobOutcome Well(JobTicket ticket) => ticket.Key.Kind == JobKind.Trial
        ? new JobOutcome.Trained(new TrialScore(0.1, 0.2, 0.9 - ticket.Configuration.MaxLearningRate, 0.2, 0.8, $"hash{ticket.Key.Number}"))
        : new JobOutcome.RangeTested(new RangeTestFindings(RangeTestVerdict.Possible, "flat", 0.5, 0.05, null, null, null, null, 0.9, 0.9, null));
}
