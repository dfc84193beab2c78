using System.Collections.Immutable;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Specs;

namespace Sweeper.Grains.Analysis;

/// <summary>Trials sorted for the analysis: which accuracy, which length, and what becomes of the diverged ones.</summary>
internal sealed class AnalysedTrials
{
    /// <summary>Trials that the longest length must have for the factors to be analysed at it.</summary>
    private const int EnoughAtLongest = 20;

    private readonly string _score;

    /// <summary>Sorts trials.</summary>
    /// <param name="trials">Trials of one sweep, in any order.</param>
    /// <param name="score">What was measured, in a word.</param>
    public AnalysedTrials(IEnumerable<AnalysedTrial> trials, string score = "accuracy")
    {
        _score = score;
        // A rate of 0 is one that no range test has bounded yet.
        AnalysedTrial[] usable =
        [
            .. trials
                .Where(trial => double.IsFinite(trial.MaxLearningRate) && trial.MaxLearningRate > 0 && trial.BatchSize > 0 && trial.Steps > 0
                    && double.IsFinite(trial.WeightDecay) && trial.WeightDecay >= 0 && trial.Dropout is >= 0 and < 1)
                .OrderBy(trial => trial.Number),
        ];
        AnalysedTrial[] finished = [.. usable.Where(trial => !trial.Diverged)];
        Accuracy = Array.Exists(finished, trial => IsFraction(trial.ValidationAccuracy)) ? SelectionSet.Validation : SelectionSet.Test;
        Finished = [.. finished.Where(trial => IsFraction(AccuracyOf(trial))).Select(trial => new Outcome(trial, AccuracyOf(trial)!.Value))];
        Diverged = [.. usable.Where(trial => trial.Diverged).Select(trial => trial.Setting)];
        OneCycle = [.. usable.Where(trial => trial.Schedule == ScheduleKind.OneCycle)];
        Length = LengthOf(OneCycle.Where(trial => trial.Diverged || IsFraction(AccuracyOf(trial))));
        ByStep = OneCycle.Any(trial => trial.ByStep);
        AtLength = [.. OneCycle.Where(trial => LengthIn(trial) == Length)];
        Outcomes = OutcomesAtLength();
    }

    /// <summary>Accuracy that is analysed.</summary>
    public SelectionSet Accuracy { get; }

    /// <summary>Finished trials of every schedule and length.</summary>
    public ImmutableArray<Outcome> Finished { get; }

    /// <summary>Configurations that diverged with some seed.</summary>
    public ImmutableHashSet<TrialSetting> Diverged { get; }

    /// <summary>1cycle trials of every length.</summary>
    public ImmutableArray<AnalysedTrial> OneCycle { get; }

    /// <summary>Epochs, or steps, of the trials that the factors are analysed over: the longest length with twenty trials, otherwise the one with most.</summary>
    public double Length { get; }

    /// <summary>Whether lengths are in steps: then <see cref="Length"/> is a number of steps.</summary>
    public bool ByStep { get; }

    /// <summary>1cycle trials of that length.</summary>
    public ImmutableArray<AnalysedTrial> AtLength { get; }

    /// <summary>Those of them that finished or diverged; a diverged one has the worst accuracy of the finished ones. Empty where none finished.</summary>
    public ImmutableArray<Outcome> Outcomes { get; }

    /// <summary>What the analysis rests on.</summary>
    /// <param name="space">The box that the outcomes span; null where there are none.</param>
    public AnalysedData Describe(FactorSpace? space)
    {
        int diverged = AtLength.Count(trial => trial.Diverged);
        int finished = AtLength.Count(trial => !trial.Diverged && IsFraction(AccuracyOf(trial)));
        string set = Accuracy == SelectionSet.Validation ? "validation" : "test";
        return new AnalysedData(
            Accuracy,
            ByStep ? 0 : Length,
            finished,
            diverged,
            AtLength.Length - diverged - finished,
            Finished.Count(outcome => outcome.Trial.Schedule != ScheduleKind.OneCycle),
            space is null ? [] : [.. space.Varying.Select(scale => scale.Factor)],
            FormattableString.Invariant($"Factors are analysed by {set} {_score} over the 1cycle trials of {Length:0.##} {(ByStep ? "steps" : "epochs")}. In surface, importance and weight decay a diverged trial counts as the worst {_score} of the finished ones; batch sizes and claims leave it out, and a claim leaves out its configuration as well."));
    }

    private ImmutableArray<Outcome> OutcomesAtLength()
    {
        double[] accuracies = [.. AtLength.Where(trial => !trial.Diverged && IsFraction(AccuracyOf(trial))).Select(trial => AccuracyOf(trial)!.Value)];
        return accuracies.Length == 0
            ? []
            : [.. AtLength
                .Where(trial => trial.Diverged || IsFraction(AccuracyOf(trial)))
                .Select(trial => new Outcome(trial, trial.Diverged ? accuracies.Min() : AccuracyOf(trial)!.Value))];
    }

    private static double LengthOf(IEnumerable<AnalysedTrial> trials)
    {
        var lengths = trials.GroupBy(LengthIn).Select(group => (Epochs: group.Key, Count: group.Count())).OrderByDescending(length => length.Epochs).ToArray();
        return lengths.Length == 0 ? 0
            : lengths[0].Count >= EnoughAtLongest ? lengths[0].Epochs
            : lengths.FirstOrDefault(length => length.Count >= EnoughAtLongest, lengths.MaxBy(length => length.Count)).Epochs;
    }

    /// <summary>Planned steps where they were given, else planned epochs to a hundredth; steps of different batch sizes are rounded differently.</summary>
    private static double LengthIn(AnalysedTrial trial) => trial.ByStep ? trial.Steps : double.IsFinite(trial.Epochs) ? Math.Round(trial.Epochs, 2) : 0;

    private double? AccuracyOf(AnalysedTrial trial) => Accuracy == SelectionSet.Validation ? trial.ValidationAccuracy : trial.TestAccuracy;

    private static bool IsFraction(double? accuracy) => accuracy is >= 0 and <= 1;
}
