using System.Collections.Immutable;
using System.Diagnostics;
using Orleans.Concurrency;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Telemetry;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Analysis;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Planning.Prediction;
using Sweeper.Grains.Store;
using Sweeper.Grains.Workers;

namespace Sweeper.Grains.Sweeps;

/// <summary>Reads the store for clients, which never open it themselves.</summary>
[StatelessWorker]
internal sealed class ResultsGrain(ISweepStore store, TimeProvider clock) : Grain, IResultsGrain
{
    /// <summary>Earlier runs that a prediction looks at, the newest.</summary>
    private const int MostRuns = 500;

    /// <summary>Batch sizes that are timed; the others are taken as the nearest of them.</summary>
    private const int MostTimed = 4;

    /// <inheritdoc />
    public async Task<ImmutableArray<SweepSummary>> ListAsync() =>
        [.. await Task.WhenAll((await store.ListAsync(CancellationToken.None)).Select(AsItStandsAsync))];

    /// <inheritdoc />
    public async Task<SweepResults> GetAsync(string sweep)
    {
        SweepResults stored = await store.ReadResultsAsync(sweep, CancellationToken.None) ?? throw new SweepNotFoundException(sweep);
        ImmutableArray<StoredEvent> rows = await store.ReadEventsOfAsync(sweep, [.. SpecChanges.Kinds, nameof(SweepEvent.WarmStarted)], CancellationToken.None);
        SweepSpec spec = stored.Spec;
        WarmStart? warm = null;
        var changes = ImmutableArray.CreateBuilder<SweepEventLine>();
        foreach (StoredEvent row in rows)
        {
            SweepEvent change = EventJson.Read(row);
            spec = SpecChanges.Apply(spec, change);
            warm = (change as SweepEvent.WarmStarted)?.Taken ?? warm;
            if (SpecChanges.Words(change) is { } words)
            {
                changes.Add(new SweepEventLine(row.Sequence, row.At, words));
            }
        }

        return stored with
        {
            Summary = await AsItStandsAsync(stored.Summary),
            Spec = spec,
            Stopping = StoppingSummaries.Of(spec, stored.Trials),
            Changes = changes.ToImmutable(),
            BatchRule = BatchRules.Of(stored.Cells),
            WarmStart = warm,
        };
    }

    /// <inheritdoc />
    public async Task<SweepNotes> GetNotesAsync(string sweep)
    {
        SweepResults results = await GetAsync(sweep);
        return new SweepNotes(results.Stopping, results.Changes, results.BatchRule, results.WarmStart);
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
        SweepAnalysis analysis = await Task.Run(() => SweepAnalyst.Analyse(trials, results.Spec.Search.SelectBy, results.Spec.Seed, results.Spec.Data.Score.Words()));
        return results.Spec.Search.Ranking.By.IsScore() ? analysis : analysis with { Selection = null }; // which is about accuracy that was selected by
    }

    /// <inheritdoc />
    public async Task<TimePrediction> PredictAsync(SweepSpec spec, bool measure)
    {
        (ImmutableArray<WorkerStatus> workers, SpecProblem? problem) =
            await FirstWorkers.ListAsync(GrainFactory.GetGrain<IWorkerPoolGrain>(0), spec, clock);
        if (problem is not null)
        {
            return new TimePrediction(null, null, null, 0, null, false, null, problem.Message);
        }

        string device = workers[0].Device;
        int slots = Math.Max(1, workers.Where(worker => worker.Device == device).Sum(worker => worker.Slots));
        string assumed = "";
        if (spec.Search.BatchSize is AxisSpec.Largest)
        {
            BatchFit? fit = measure ? await GrainFactory.GetGrain<IGpuWorkerGrain>(workers[0].Key.ToString()).FitBatchAsync(spec) : null;
            int largest = Math.Max(1, fit?.Largest ?? AxisSpec.Largest.Assumed);
            spec = spec with { Search = spec.Search.WithLargestBatch(largest) };
            assumed = fit?.Words() is { } words ? $"; {words}" : $"; the largest batch, not tried yet, counts as {largest}: `--measure` tries";
        }

        TimePrediction prediction = await PredictAsync(spec, measure, workers[0], device, slots);
        return prediction with { Basis = prediction.Basis + assumed };
    }

    private async Task<TimePrediction> PredictAsync(SweepSpec spec, bool measure, WorkerStatus worker, string device, int slots)
    {
        ImmutableArray<PlannedJob> jobs = WorkList.Of(spec);
        if (measure)
        {
            ImmutableArray<int> batches = WorkList.Batches(jobs);
            batches = [.. batches.Where((_, index) => index % Math.Max(1, (batches.Length + MostTimed - 1) / MostTimed) == 0)];
            ImmutableArray<MeasuredSpeed> speeds = await GrainFactory.GetGrain<IGpuWorkerGrain>(worker.Key.ToString()).MeasureAsync(spec, batches);
            return TimePredictor.Of(spec, jobs, new MeasuredSteps(spec, speeds), slots, Math.Max(1, worker.Slots), device);
        }

        var runs = new MeasuredRuns(spec, device, await store.ReadRunsAsync(spec.Model.Name, spec.Data.Set, MostRuns, CancellationToken.None));
        return runs.IsEmpty
            ? new TimePrediction(
                null, null, null, slots, device, false, null,
                spec.Trainer is null
                    ? $"the store has no run of {spec.Model.Name} on {spec.Data.Set} with {device}; `sweeper preview SPEC --measure` times a few steps"
                    : $"the store has no run of this trainer with {device}")
            : TimePredictor.Of(spec, jobs, runs, slots, Math.Max(1, worker.Slots), device);
    }

    /// <inheritdoc />
    public Task<WarmStartFindings> FindWarmStartAsync(SweepSpec spec) => new WarmStartReader(store).FindAsync(
        spec with { Search = spec.Search.WithLargestBatch(AxisSpec.Largest.Assumed) }, CancellationToken.None);

    /// <inheritdoc />
    public Task<JobCurves?> GetCurvesAsync(JobKey job) => store.ReadCurvesAsync(job, CancellationToken.None);

    /// <inheritdoc />
    public async Task<JobHistory> GetHistoryAsync(JobKey job)
    {
        ImmutableArray<StoredEvent> first = await store.ReadEventsOfAsync(job.Sweep, [nameof(SweepEvent.Submitted)], CancellationToken.None);
        if (first.IsEmpty || EventJson.Read(first[0]) is not SweepEvent.Submitted submitted)
        {
            throw new SweepNotFoundException(job.Sweep);
        }

        (int cell, ImmutableArray<AttemptRecord> attempts) = await store.ReadAttemptsAsync(job, CancellationToken.None);
        ActivityContext sweep = TraceIdentity.Sweep(SweepTrace.ParentOf(submitted, job.Sweep), job.Sweep);
        ActivityContext span = TraceIdentity.Job(TraceIdentity.Cell(sweep, cell), job);
        return new JobHistory(
            sweep.TraceId.ToString(),
            [
                .. attempts.Select(attempt => new PastAttempt(
                    attempt.Attempt, attempt.Worker, attempt.StartedAt, attempt.EndedAt, attempt.End, attempt.Reason,
                    TraceIdentity.Attempt(span, attempt.Attempt).SpanId.ToString())),
            ]);
    }

    /// <summary>The store cannot know whether anybody works on a sweep: its coordinator does.</summary>
    private async Task<SweepSummary> AsItStandsAsync(SweepSummary sweep) => sweep with
    {
        Interrupted = sweep.Status == SweepStatus.Running && !await GrainFactory.GetGrain<ISweepGrain>(sweep.Name).IsAtWorkAsync(),
    };
}
