using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Json;
using Sweeper.Contracts.Pages;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Workers;
using Sweeper.Silo.Page.Serving;

namespace Sweeper.Silo.Page.Endpoints;

/// <summary>Jobs and their curves.</summary>
internal sealed class JobEndpoints(IGrainFactory grains, SiloOptions options, JobLogs logs)
{
    /// <summary>Range tests whose curves are sent at once.</summary>
    private const int MostRangeTests = 48;

    /// <summary>Jobs whose curves are sent at once.</summary>
    private const int MostJobs = 24;

    /// <summary>Maps them.</summary>
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("sweeps/{name}/range-tests", RangeTestsAsync);
        api.MapGet("sweeps/{name}/curves", CurvesAsync);
        api.MapGet("sweeps/{name}/jobs/{job}", JobAsync);
    }

    private async Task<IResult> RangeTestsAsync(string name)
    {
        SweepChanges now = await ReadAsync(name, wholeCurves: false);
        JobKey[] ended = [.. now.Cells.Where(cell => cell.Run is not null).Take(MostRangeTests).Select(cell => new JobKey(name, JobKind.RangeTest, cell.Number))];
        return Json(await StoredAsync(now, ended));
    }

    private async Task<IResult> CurvesAsync(string name, string? jobs)
    {
        SweepChanges now = await ReadAsync(name, wholeCurves: true);
        if (jobs is null)
        {
            return Json(now.Curves.Select(LiveJobs.Of).ToArray());
        }

        string[] names = jobs.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length > MostJobs)
        {
            return Refusals.Of(StatusCodes.Status400BadRequest, $"At most {MostJobs} jobs at once, not {names.Length}.");
        }

        var keys = new List<JobKey>();
        foreach (string job in names)
        {
            if (Find(now, job) is not { } key)
            {
                return NoJob(name, job);
            }

            keys.Add(key);
        }

        JobCurve[] running = [.. now.Curves.Where(curve => keys.Contains(curve.Key)).Select(LiveJobs.Of)];
        ImmutableArray<JobCurve> stored = await StoredAsync(now, [.. keys.Where(key => now.Curves.All(curve => curve.Key != key))]);
        return Json(keys.Select(key => running.Concat(stored).FirstOrDefault(curve => curve.Job == key.ShortName)).OfType<JobCurve>().ToArray());
    }

    private async Task<IResult> JobAsync(string name, string job)
    {
        SweepChanges now = await ReadAsync(name, wholeCurves: true);
        if (Find(now, job) is not { } key)
        {
            return NoJob(name, job);
        }

        TrialRecord? trial = key.Kind == JobKind.Trial ? now.Trials[key.Number - 1] : null;
        CellRecord? cell = now.Cells.FirstOrDefault(one => one.Number == (trial?.Cell ?? key.Number));
        (JobStatus status, JobOutcome? outcome) = trial is null ? (cell?.Status ?? JobStatus.Waiting, cell?.Outcome) : (trial.Status, trial.Outcome);
        JobCurve? curve = now.Curves.FirstOrDefault(one => one.Key == key) is { } live ? LiveJobs.Of(live) : (await StoredAsync(now, [key], thin: false)).FirstOrDefault();
        JobHistory history = await grains.GetGrain<IResultsGrain>(0).GetHistoryAsync(key);
        return Json(new JobPage(
            name,
            key.ShortName,
            key.Kind,
            JobWords.Of(status, outcome),
            JobWords.Evidence(outcome),
            trial,
            cell,
            now.View.Running.FirstOrDefault(running => running.Key == key)?.Progress,
            curve,
            [
                .. history.Attempts.Select(attempt => new JobAttempt(
                    attempt.Number, attempt.Worker, attempt.StartedAt, attempt.EndedAt, attempt.EndedAs, attempt.Reason,
                    history.TraceId, attempt.SpanId, options.Page.LinkTo(history.TraceId))),
            ],
            logs.Of(name, key.ShortName),
            history.TraceId,
            options.Page.LinkTo(history.TraceId),
            now.View.Score));
    }

    private Task<SweepChanges> ReadAsync(string name, bool wholeCurves) =>
        grains.GetGrain<ISweepGrain>(name).GetChangesAsync(null, wholeCurves, TimeSpan.Zero);

    private async Task<ImmutableArray<JobCurve>> StoredAsync(SweepChanges now, IReadOnlyList<JobKey> keys, bool thin = true)
    {
        IResultsGrain results = grains.GetGrain<IResultsGrain>(0);
        JobCurves?[] curves = await Task.WhenAll(keys.Select(results.GetCurvesAsync));
        return [.. keys.Zip(curves).Where(pair => pair.Second is not null).Select(pair => Stored(now, pair.First, thin ? CurveThinning.Of(pair.Second!) : pair.Second!))]; // filtered by it
    }

    private static JobCurve Stored(SweepChanges now, JobKey key, JobCurves curves)
    {
        (int attempts, int? steps) = (0, null as int?);
        PlannedSchedule? planned = null;
        if (key.Kind == JobKind.Trial)
        {
            TrialRecord trial = now.Trials[key.Number - 1];
            (attempts, steps) = (trial.Attempts, trial.Outcome is JobOutcome.Trained ? trial.Run?.Steps : null);
            ScheduleSpec schedule = trial.Plan?.Schedule ?? now.Spec.Training.Schedule;
            planned = steps is { } all ? SchedulePlan.Of(schedule, trial.Configuration.MaxLearningRate, all) : null;
        }
        else if (now.Cells.FirstOrDefault(cell => cell.Number == key.Number) is { } cell)
        {
            (attempts, steps) = (cell.Attempts, cell.Run?.Steps);
        }

        return new JobCurve(key.ShortName, attempts, Live: false, steps, curves, planned);
    }

    private static JobKey? Find(SweepChanges now, string job)
    {
        if (job.Length < 3 || job[1] != '-' || !int.TryParse(job.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < 1)
        {
            return null;
        }

        return char.ToUpperInvariant(job[0]) switch
        {
            'T' when number <= now.Trials.Length => new JobKey(now.View.Name, JobKind.Trial, number),
            'R' when number <= now.Cells.Length => new JobKey(now.View.Name, JobKind.RangeTest, number),
            _ => null,
        };
    }

    private static IResult NoJob(string sweep, string job) => Refusals.Missing($"'{sweep}' has no job '{job}'; jobs are named like T-0012 or R-003.");

    private static IResult Json<T>(T value) => Results.Json(value, ResultsJson.OneLine);
}
