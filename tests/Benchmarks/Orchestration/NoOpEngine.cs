using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Workers;
using Sweeper.Tests.Benchmarks.Folding;

namespace Sweeper.Tests.Benchmarks.Orchestration;

/// <summary>A device that trains nothing: what is left is everything else.</summary>
internal class NoOpEngine : IJobEngine
{
    /// <inheritdoc />
    public string Description => "simulated";

    /// <inheritdoc />
    public long MemoryBytes => 1;

    /// <inheritdoc />
    public ImmutableArray<SpecProblem> Check(SweepSpec spec) => [];

    /// <inheritdoc />
    public EngineIdentity? Identify(SweepSpec spec) => new("simulated", "0");

    /// <inheritdoc />
    public ImmutableArray<MeasuredSpeed> Measure(SweepSpec spec, ImmutableArray<int> batchSizes) => [];

    /// <inheritdoc />
    public BatchFit FitBatch(SweepSpec spec, int slots) => throw new NotSupportedException("No spec of the benchmarks asks for the largest batch.");

    /// <inheritdoc />
    public virtual JobReport Run(JobTicket ticket, JobControl control) =>
        new(ticket.Key, ticket.Attempt, ticket.LeaseId, MadeOutcome.Of(ticket), MadeOutcome.Run(ticket), JobCurves.Empty);

    /// <inheritdoc />
    public JobReport Failure(JobTicket ticket, Exception error) =>
        new(ticket.Key, ticket.Attempt, ticket.LeaseId, new JobOutcome.Failed(error.Message), MadeOutcome.Run(ticket), JobCurves.Empty);

    /// <inheritdoc />
    public void Forget(JobKey key)
    {
        // It keeps nothing.
    }
}

/// <summary>So many of them.</summary>
internal sealed class NoOpDevices(int count, Func<IJobEngine> make) : IJobEngineFactory
{
    /// <inheritdoc />
    public IReadOnlyList<(string Device, IJobEngine Engine)> Discover() =>
        [.. Enumerable.Range(0, count).Select(number => ($"sim:{number}", make()))];
}
