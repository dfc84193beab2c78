using System.Globalization;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reporting;

/// <summary>Why a job was placed, back to where that began, and why it ended as it did.</summary>
internal static class WhyText
{
    /// <summary>Lines about a trial.</summary>
    /// <param name="results">Its sweep.</param>
    /// <param name="number">Number of the trial; it exists.</param>
    public static IEnumerable<WhyLine> OfTrial(SweepResults results, int number)
    {
        TrialRecord? trial = Find(results, number);
        bool asked = true;
        while (trial is not null)
        {
            yield return new WhyLine(Name(results, JobKind.Trial, trial.Number), "placed", Placed(results, trial));
            if (asked)
            {
                yield return new WhyLine(Name(results, JobKind.Trial, trial.Number), "rate", Rate(results, trial));
            }

            if (trial.Run?.ReusedFrom is { } source)
            {
                yield return new WhyLine(Name(results, JobKind.Trial, trial.Number), "reused", Reused(source));
            }

            yield return new WhyLine(
                Name(results, JobKind.Trial, trial.Number), "ended", Ended(trial.Status, trial.Outcome, trial.Score));
            asked = false;
            trial = trial.Plan?.Parent is { } parent ? Find(results, parent) : null;
        }
    }

    /// <summary>Lines about a range test.</summary>
    /// <param name="results">Its sweep.</param>
    /// <param name="number">Number of the cell; it exists.</param>
    public static IEnumerable<WhyLine> OfCell(SweepResults results, int number)
    {
        CellRecord cell = results.Cells.First(one => one.Number == number);
        CellRecord? before = results.Cells.FirstOrDefault(one => one.Key == cell.Key && one.Number < cell.Number);
        string name = Name(results, JobKind.RangeTest, number);
        string placed = (before, results.Spec.Search.Strategy) switch
        {
            ({ } first, _) => $"repeats {Name(results, JobKind.RangeTest, first.Number)} over a ramp {Times(cell.LengthFactor / first.LengthFactor)} as long: that one rose too fast to conclude from",
            (_, SearchStrategy.SuperConvergence) => $"a cell of the first design, {Times(cell.LengthFactor)} the spec's length, so that all of them stay within their share",
            _ => "max_lr asks for a range test of every cell that a trial needs",
        };
        yield return new WhyLine(name, "placed", $"{cell.Key}: {placed}");
        if (cell.Run?.ReusedFrom is { } source)
        {
            yield return new WhyLine(name, "reused", Reused(source));
        }

        yield return new WhyLine(name, "ended", Ended(cell.Status, cell.Outcome, null));
    }

    private static string Reused(JobKey source) =>
        $"reused from sweep {source.Sweep}, {source.ShortName}: the same in everything that decides its numbers, on the same kind of device";

    private static string Placed(SweepResults results, TrialRecord trial) => trial.Plan?.Why
        ?? (results.Spec.Search.Strategy == SearchStrategy.Grid
            ? $"a point of the grid, seed {trial.Replicate} of {results.Spec.Search.Seeds}"
            : $"a draw of random search with seed {results.Spec.Seed}, replicate {trial.Replicate} of {results.Spec.Search.Seeds}");

    private static string Rate(SweepResults results, TrialRecord trial)
    {
        if (results.Cells.LastOrDefault(cell => cell.Number == trial.Cell)?.Findings is { MaxLearningRate: { } bound } && trial.Configuration.MaxLearningRate > 0)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{HumanText.Rate(trial.Configuration.MaxLearningRate)}, {trial.Configuration.MaxLearningRate / bound:0.##} of the largest, {HumanText.Rate(bound)}, that {Name(results, JobKind.RangeTest, trial.Cell)} found");
        }

        return trial.Plan is { Enqueued: false } && results.Spec.Search.MaxLearningRate is AxisSpec.FromRangeTest
            ? $"{HumanText.Rate(trial.Configuration.MaxLearningRate)}, from the bound that the tested cells predict for this one"
            : $"{HumanText.Rate(trial.Configuration.MaxLearningRate)}, {(trial.Plan is null ? "as the spec says" : trial.Plan.Enqueued ? "as it was asked for" : "chosen with the rest of the configuration")}";
    }

    private static string Ended(JobStatus status, JobOutcome? outcome, TrialScore? score)
    {
        string words = StatusText.Of(status, outcome);
        string? reached = score is null ? null : $"validation {HumanText.Percent(score.ValidationAccuracy)}, test {HumanText.Percent(score.TestAccuracy)}";
        string evidence = string.Join("; ", new[] { reached, StatusText.Evidence(outcome) }.OfType<string>());
        return evidence.Length == 0 ? words : $"{words}: {evidence}";
    }

    private static TrialRecord? Find(SweepResults results, int number) => results.Trials.FirstOrDefault(trial => trial.Number == number);

    private static string Name(SweepResults results, JobKind kind, int number) => new JobKey(results.Summary.Name, kind, number).ShortName;

    private static string Times(double factor) => string.Create(CultureInfo.InvariantCulture, $"{factor:0.##} times");
}

/// <summary>A reason.</summary>
/// <param name="Job">Short name of the job.</param>
/// <param name="About">What is explained: how it was placed, its rate, how it ended.</param>
/// <param name="Why">The reason.</param>
internal sealed record WhyLine(string Job, string About, string Why);
