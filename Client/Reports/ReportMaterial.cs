using System.Collections.Immutable;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reports;

/// <summary>Everything that a report is written from; nothing of it is fetched later.</summary>
/// <param name="Results">The sweep.</param>
/// <param name="RangeTests">Curves of range tests by the number of their cell; those that are drawn.</param>
/// <param name="Best">The best trials with their curves, best first.</param>
/// <param name="Analysis">What the trials say together; null where nobody has worked it out.</param>
/// <param name="WrittenAt">When it was gathered, UTC.</param>
internal sealed record ReportMaterial(
    SweepResults Results,
    ImmutableDictionary<int, JobCurves> RangeTests,
    ImmutableArray<TrialCurves> Best,
    SweepAnalysis? Analysis,
    DateTimeOffset WrittenAt)
{
    /// <summary>Configurations by rank: the one place that says which trials belong together.</summary>
    public ImmutableArray<LeaderboardRow> Rows { get; } = Leaderboard.Of(Results.Trials, Results.Spec.Search.Ranking);

    /// <summary>
    /// Rows that can be compared square by square: those of one length, the one that most configurations were trained over.
    /// </summary>
    public ImmutableArray<LeaderboardRow> OfOneLength =>
        Rows.IsEmpty ? [] : [.. Rows.GroupBy(row => row.LineEpochs ?? row.Epochs).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key).First()];

    /// <summary>Length of those, in words, where a strategy trains over several; empty otherwise.</summary>
    public string LengthWords => Rows.Select(row => row.Epochs).Distinct().Skip(1).Any()
        ? FormattableString.Invariant($" over cycles of {OfOneLength[0].Epochs:0.##} {(OfOneLength[0].Epochs == 1 ? "epoch" : "epochs")}")
        : "";

    /// <summary>Name of the sweep.</summary>
    public string Name => Results.Summary.Name;

    /// <summary>Whether configurations are ranked by validation accuracy; otherwise by test accuracy.</summary>
    public bool ByValidation => Results.Spec.Search.SelectBy == SelectionSet.Validation && Rows.Any(row => row.ValidationAccuracy is not null);

    /// <summary>Images whose accuracy ranks, in a word.</summary>
    public string RankedBy => ByValidation ? "validation" : "test";

    /// <summary>Hyperparameters that differ among the trials that have a learning rate.</summary>
    public ImmutableArray<Axis> Axes => Axis.Varying(Results.Trials.Where(trial => trial.Role == TrialRole.Candidate).Select(trial => trial.Configuration).Where(at => at.MaxLearningRate > 0));

    /// <summary>Accuracy that a configuration is ranked by.</summary>
    public double AccuracyOf(LeaderboardRow row) => ByValidation ? row.ValidationAccuracy ?? row.TestAccuracy : row.TestAccuracy;

    /// <summary>What is trained and measured on: images, or rows of a table.</summary>
    public string Things => Results.Spec.Data.Set == KnownNames.Table ? "rows" : "images";

    /// <summary>What stands where accuracies do, in words: <c>accuracy</c>, or <c>R²</c> where numbers are predicted.</summary>
    public string Score => Results.Spec.Data.Score.Words();

    /// <summary>What ranks them, in words: <c>validation macro F1</c>.</summary>
    public string Objective => $"{RankedBy} {Results.Spec.Search.Ranking.MetricWords}";

    /// <summary>Spread of the accuracy that a configuration is ranked by; null with fewer than two seeds.</summary>
    public double? DeviationOf(LeaderboardRow row) => ByValidation ? row.ValidationDeviation : row.TestDeviation;

    /// <summary>Configurations that were tried and of which no trial has a score.</summary>
    public IEnumerable<Configuration> WithoutResult => Results.Trials
        .Where(trial => trial is { Outcome: not null, Role: TrialRole.Candidate } && trial.Configuration.MaxLearningRate > 0)
        .Select(trial => trial.Configuration)
        .Except(Rows.Select(row => row.Configuration));

    /// <summary>Whether the sweep runs range tests at all.</summary>
    public bool AsksForRangeTests => Results.Spec.Purpose == SweepPurpose.RangeTestsOnly || Results.Spec.Search.MaxLearningRate is AxisSpec.FromRangeTest;

    /// <summary>Short name of a trial.</summary>
    public string TrialName(int number) => new JobKey(Name, JobKind.Trial, number).ShortName;

    /// <summary>Short name of a cell's range test.</summary>
    public string CellName(int number) => new JobKey(Name, JobKind.RangeTest, number).ShortName;

    /// <summary>A configuration with all its hyperparameters; the number of images only where the sweep compares several.</summary>
    public string Whole(Configuration at) => string.Join(" · ", Axis.All.Concat(Axis.OfModel([at]))
        .Where(axis => axis == Axis.All[0] ? at.MaxLearningRate > 0 : axis.Key != Axis.TrainSizeKey || Results.Spec.Data.TrainSizes is not null)
        .Select(axis => $"{axis.Header} {axis.Text(at)}"));

    /// <summary>A configuration by the hyperparameters that set it apart.</summary>
    public string Apart(Configuration at) => string.Join(" · ", Axes.Select(axis => $"{axis.Header} {axis.Text(at)}"));
}

/// <summary>A trial and its curves.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Curves">Its curves, thinned for a picture.</param>
internal sealed record TrialCurves(TrialRecord Trial, JobCurves Curves);
