using System.Collections.Immutable;
using Orleans.Concurrency;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Store;

namespace Sweeper.Grains.Sweeps;

/// <summary>Reads the store for clients, which never open it themselves.</summary>
[StatelessWorker]
internal sealed class ResultsGrain(ISweepStore store) : Grain, IResultsGrain
{
    /// <inheritdoc />
    public Task<ImmutableArray<SweepSummary>> ListAsync() => store.ListAsync(CancellationToken.None);

    /// <inheritdoc />
    public async Task<SweepResults> GetAsync(string sweep) =>
        await store.ReadResultsAsync(sweep, CancellationToken.None) ?? throw new SweepNotFoundException(sweep);

    /// <inheritdoc />
    public Task<JobCurves?> GetCurvesAsync(JobKey job) => store.ReadCurvesAsync(job, CancellationToken.None);
}
