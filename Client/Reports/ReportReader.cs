using System.Collections.Immutable;
using Sweeper.Client.Connecting;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reports.Drawing;
using Sweeper.Client.Reports.Sections;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reports;

/// <summary>Gathers a report's material from the cluster.</summary>
/// <param name="connection">The cluster.</param>
/// <param name="results">The sweep.</param>
/// <param name="clock">Time.</param>
internal sealed class ReportReader(ClusterConnection connection, SweepResults results, TimeProvider clock)
{
    private const int MostTrials = 5;

    /// <summary>Reads everything that a report shows.</summary>
    public async Task<ReportMaterial> ReadAsync(CancellationToken stop)
    {
        ImmutableArray<LeaderboardRow> rows = Leaderboard.Of(results.Trials, results.Spec.Search.Ranking);
        return new ReportMaterial(KnownSizes.Of(results), await RangeTestsAsync(rows, stop), await BestAsync(rows, stop), await AnalysisAsync(stop), clock.GetUtcNow());
    }

    private Task<SweepAnalysis> AnalysisAsync(CancellationToken stop) =>
        connection.FetchAsync(client => client.GetGrain<IResultsGrain>(0).AnalyseAsync(results.Summary.Name), stop);

    // There is room for a few: the cells of the best configurations first.
    private async Task<ImmutableDictionary<int, JobCurves>> RangeTestsAsync(ImmutableArray<LeaderboardRow> rows, CancellationToken stop)
    {
        Dictionary<int, int> cellOf = results.Trials.ToDictionary(trial => trial.Number, trial => trial.Cell);
        Dictionary<int, int> rankOf = rows.GroupBy(row => cellOf[row.Trials[0]]).ToDictionary(group => group.Key, group => group.Min(row => row.Rank));
        IEnumerable<CellRecord> chosen = results.Cells
            .Where(cell => cell.Findings is not null)
            .OrderBy(cell => rankOf.GetValueOrDefault(cell.Number, int.MaxValue))
            .ThenBy(cell => cell.Number)
            .Take(RangeTestSection.MostPictures);
        var curves = ImmutableDictionary.CreateBuilder<int, JobCurves>();
        foreach (CellRecord cell in chosen)
        {
            if (await CurvesAsync(JobKind.RangeTest, cell.Number, stop) is { } found)
            {
                curves.Add(cell.Number, found);
            }
        }

        return curves.ToImmutable();
    }

    // The first seed of each of the best configurations: the seeds of one would crowd out the others.
    private async Task<ImmutableArray<TrialCurves>> BestAsync(ImmutableArray<LeaderboardRow> rows, CancellationToken stop)
    {
        var best = ImmutableArray.CreateBuilder<TrialCurves>();
        foreach (LeaderboardRow row in rows.Take(MostTrials))
        {
            TrialRecord trial = results.Trials.Single(trial => trial.Number == row.Trials[0]);
            if (await CurvesAsync(JobKind.Trial, trial.Number, stop) is { } curves)
            {
                best.Add(new TrialCurves(trial, curves));
            }
        }

        return best.ToImmutable();
    }

    private async Task<JobCurves?> CurvesAsync(JobKind kind, int number, CancellationToken stop)
    {
        var key = new JobKey(results.Summary.Name, kind, number);
        JobCurves? curves = await connection.FetchAsync(client => client.GetGrain<IResultsGrain>(0).GetCurvesAsync(key), stop);
        return curves is { Step.Length: > 0 } ? CurveThinning.Of(curves) : null;
    }
}
