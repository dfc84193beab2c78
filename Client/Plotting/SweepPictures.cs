using System.Collections.Immutable;
using Sweeper.Client.Connecting;
using Sweeper.Client.Exporting;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Plotting;

/// <summary>Draws everything that a sweep has to show and writes it as PNG and SVG.</summary>
/// <param name="connection">Where the curves come from.</param>
/// <param name="results">The sweep.</param>
internal sealed class SweepPictures(ClusterConnection connection, SweepResults results)
{
    private const int MostCells = 24;
    private const int MostTrials = 5;

    /// <summary>Writes the files.</summary>
    /// <param name="folder">Created where it is missing; old pictures in it are replaced.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>Names of the pictures, without their endings.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public async Task<ImmutableArray<string>> WriteAsync(string folder, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        var names = ImmutableArray.CreateBuilder<string>();
        await foreach (Picture picture in DrawAsync(stop))
        {
            using (picture)
            {
                await AtomicFile.WriteAsync(Path.Combine(folder, picture.Name + ".png"), picture.ToPng());
                await AtomicFile.WriteAsync(Path.Combine(folder, picture.Name + ".svg"), picture.ToSvg());
                names.Add(picture.Name);
            }
        }

        return names.ToImmutable();
    }

    private async IAsyncEnumerable<Picture> DrawAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        foreach (CellRecord cell in results.Cells.Where(cell => cell.Findings is not null).Take(MostCells))
        {
            if (await CurvesAsync(JobKind.RangeTest, cell.Number, stop) is { } curves)
            {
                string name = FormattableString.Invariant($"range-test-{cell.Number:000}");
                yield return RangeTestPicture.Of(name, cell, curves, results.Spec.RangeTest.Method, results.Spec.Data.Score);
            }
        }

        ImmutableArray<(TrialRecord Trial, JobCurves Curves)> best = await BestAsync(stop);
        if (!best.IsEmpty)
        {
            (TrialRecord first, JobCurves curves) = best[0];
            ImmutableArray<Axis> axes = Axis.Varying(best.Select(trial => trial.Trial.Configuration));
            yield return SchedulePicture.Of(ShortName(first), first.Configuration, curves);
            yield return CurvesPicture.Of(
                results.Summary.Name,
                [.. best.Select(trial => new LabelledCurves(Label(trial.Trial, axes), trial.Curves))],
                results.Spec.Data.Score);
        }

        if (HyperparameterPicture.Of(results.Summary.Name, KnownSizes.Of(results).Trials, results.Spec.Search.SelectBy, results.Spec.Data.Score) is { } hyperparameters)
        {
            yield return hyperparameters;
        }
    }

    // The first replicate of each of the best configurations: replicates of one would crowd out the others.
    private async Task<ImmutableArray<(TrialRecord Trial, JobCurves Curves)>> BestAsync(CancellationToken stop)
    {
        var best = ImmutableArray.CreateBuilder<(TrialRecord, JobCurves)>();
        foreach (LeaderboardRow row in Leaderboard.Of(results.Trials, results.Spec.Search.Ranking).Take(MostTrials))
        {
            TrialRecord trial = results.Trials.Single(trial => trial.Number == row.Trials[0]);
            if (await CurvesAsync(JobKind.Trial, trial.Number, stop) is { } curves)
            {
                best.Add((trial, curves));
            }
        }

        return best.ToImmutable();
    }

    private async Task<JobCurves?> CurvesAsync(JobKind kind, int number, CancellationToken stop)
    {
        var key = new JobKey(results.Summary.Name, kind, number);
        JobCurves? curves = await connection.FetchAsync(client => client.GetGrain<IResultsGrain>(0).GetCurvesAsync(key), stop);
        return curves is { Step.Length: > 0 } ? curves : null;
    }

    private string ShortName(TrialRecord trial) => new JobKey(results.Summary.Name, JobKind.Trial, trial.Number).ShortName;

    private string Label(TrialRecord trial, ImmutableArray<Axis> axes) =>
        $"{ShortName(trial)} · {string.Join(" · ", axes.Select(axis => $"{axis.Header} {axis.Text(trial.Configuration)}"))}";
}
