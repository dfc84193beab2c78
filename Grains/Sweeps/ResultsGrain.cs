using System.Collections.Immutable;
using Orleans.Concurrency;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Analysis;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Store;

namespace Sweeper.Grains.Sweeps;

/// <summary>Reads the store for clients, which never open it themselves.</summary>
[StatelessWorker]
internal sealed class ResultsGrain(ISweepStore store) : Grain, IResultsGrain
{
    /// <inheritdoc />
    public async Task<ImmutableArray<SweepSummary>> ListAsync() =>
        [.. await Task.WhenAll((await store.ListAsync(CancellationToken.None)).Select(AsItStandsAsync))];

    /// <inheritdoc />
    public async Task<SweepResults> GetAsync(string sweep)
    {
        SweepResults stored = await store.ReadResultsAsync(sweep, CancellationToken.None) ?? throw new SweepNotFoundException(sweep);
        return stored with
        {
            Summary = await AsItStandsAsync(stored.Summary),
            Stopping = StoppingSummaries.Of(stored.Spec, stored.Trials),
            BatchRule = BatchRules.Of(stored.Cells),
        };
    }

    /// <inheritdoc />
    public async Task<SweepAnalysis> AnalyseAsync(string sweep)
    {
        SweepResults results = await GetAsync(sweep);
        Dictionary<int, JobCurves> curves = [];
        foreach (TrialRecord trial in AnalysisInput.WithCurves(results))
        {
            if (await store.ReadCurvesAsync(new JobKey(sweep, JobKind.Trial, trial.Number), CancellationToken.None) is { } found)
            {
                curves.Add(trial.Number, found);
            }
        }

        ImmutableArray<AnalysedTrial> trials = AnalysisInput.Of(results, curves);

        // Forests and resampling take a second or two: not on a thread that serves other calls.
        return await Task.Run(() => SweepAnalyst.Analyse(trials, results.Spec.Search.SelectBy, results.Spec.Seed));
    }

    /// <inheritdoc />
    public Task<JobCurves?> GetCurvesAsync(JobKey job) => store.ReadCurvesAsync(job, CancellationToken.None);

    /// <summary>The store cannot know whether anybody works on a sweep: its coordinator does.</summary>
    private async Task<SweepSummary> AsItStandsAsync(SweepSummary sweep) => sweep with
    {
        Interrupted = sweep.Status == SweepStatus.Running && !await GrainFactory.GetGrain<ISweepGrain>(sweep.Name).IsAtWorkAsync(),
    };
}
