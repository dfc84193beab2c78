using System.Text.Json.Serialization;
using Sweeper.Contracts.Specs;

namespace Sweeper.Contracts.Jobs;

/// <summary>How a job ended. Everything that a search can learn from is an outcome, never an exception.</summary>
[GenerateSerializer, Immutable, Alias("Sweeper.JobOutcome")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Trained), "trained")]
[JsonDerivedType(typeof(RangeTested), "range_tested")]
[JsonDerivedType(typeof(ResumeChecked), "resume_checked")]
[JsonDerivedType(typeof(Diverged), "diverged")]
[JsonDerivedType(typeof(OutOfMemory), "out_of_memory")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(Stopped), "stopped")]
[JsonDerivedType(typeof(StoppedEarly), "stopped_early")]
public abstract record JobOutcome
{
    private JobOutcome()
    {
    }

    /// <summary>A trial ran to its end.</summary>
    /// <param name="Score">What it reached.</param>
    /// <param name="Audit">What a rule had against it on its way; it ran on to show whether the stop would have been right. Null: nothing.</param>
    [GenerateSerializer, Immutable, Alias("Sweeper.JobOutcome.Trained")]
    public sealed record Trained(TrialScore Score, StopEvidence? Audit = null) : JobOutcome;

    /// <summary>A range test ran to its end, or to the divergence that it looks for.</summary>
    /// <param name="Findings">What it suggests.</param>
    [GenerateSerializer, Immutable, Alias("Sweeper.JobOutcome.RangeTested")]
    public sealed record RangeTested(RangeTestFindings Findings) : JobOutcome;

    /// <summary>An interrupted and resumed trial was compared with an uninterrupted one.</summary>
    /// <param name="InterruptedAtStep">Step at which it was interrupted.</param>
    /// <param name="WholeHash">SHA-256 of the uninterrupted run's final weights, hexadecimal.</param>
    /// <param name="ResumedHash">SHA-256 of the resumed run's final weights, hexadecimal.</param>
    /// <param name="Score">What the resumed run reached.</param>
    [GenerateSerializer, Immutable, Alias("Sweeper.JobOutcome.ResumeChecked")]
    public sealed record ResumeChecked(int InterruptedAtStep, string WholeHash, string ResumedHash, TrialScore Score) : JobOutcome
    {
        /// <summary>Whether both runs ended with the same weights, bit for bit.</summary>
        [JsonIgnore]
        public bool Equal => WholeHash == ResumedHash;
    }

    /// <summary>A trial's loss became NaN, infinite or larger than its bound.</summary>
    /// <param name="Step">Step at which it was seen.</param>
    /// <param name="LearningRate">Learning rate of that step.</param>
    /// <param name="Evidence">What was seen, in words with numbers.</param>
    [GenerateSerializer, Immutable, Alias("Sweeper.JobOutcome.Diverged")]
    public sealed record Diverged(int Step, double LearningRate, string Evidence) : JobOutcome;

    /// <summary>The device's memory did not suffice.</summary>
    /// <param name="Evidence">The device's own words.</param>
    [GenerateSerializer, Immutable, Alias("Sweeper.JobOutcome.OutOfMemory")]
    public sealed record OutOfMemory(string Evidence) : JobOutcome;

    /// <summary>The job could not be done: a fault of the program, the data or the machine.</summary>
    /// <param name="Error">What happened, for a person.</param>
    /// <param name="WorkerLost">Whether the last of its attempts ended with the loss of its worker.</param>
    [GenerateSerializer, Immutable, Alias("Sweeper.JobOutcome.Failed")]
    public sealed record Failed(string Error, bool WorkerLost = false) : JobOutcome;

    /// <summary>The job was stopped on request before its end.</summary>
    /// <param name="Reason">Who asked, or which limit.</param>
    [GenerateSerializer, Immutable, Alias("Sweeper.JobOutcome.Stopped")]
    public sealed record Stopped(string Reason) : JobOutcome;

    /// <summary>A rule of the search stopped a trial that cannot win.</summary>
    /// <param name="Evidence">Which rule, and on what data.</param>
    [GenerateSerializer, Immutable, Alias("Sweeper.JobOutcome.StoppedEarly")]
    public sealed record StoppedEarly(StopEvidence Evidence) : JobOutcome;
}

/// <summary>What a rule has against a trial on its way.</summary>
/// <param name="Rule">Name of the rule, as in a spec; <c>safety</c>: the stop of a trial that stays at chance.</param>
/// <param name="Fraction">How much of the run had passed; in (0, 1).</param>
/// <param name="Accuracy">Validation accuracy then; fraction.</param>
/// <param name="Incumbent">Best final validation accuracy of a comparable trial then; null where the rule compares with none.</param>
/// <param name="Text">The reason with its numbers, for a person.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.StopEvidence")]
public sealed record StopEvidence(string Rule, double Fraction, double Accuracy, double? Incumbent, string Text);

/// <summary>What a finished trial reached.</summary>
/// <param name="TrainLoss">Mean training loss of the last reporting interval: cross-entropy in nats, or of predicted numbers the mean squared error in variances of the target.</param>
/// <param name="ValidationLoss">The loss on the validation images; null without a validation split.</param>
/// <param name="ValidationAccuracy">Fraction of validation images classified rightly, or R² of predicted numbers; null without a validation split.</param>
/// <param name="TestLoss">The loss on the test images.</param>
/// <param name="TestAccuracy">Fraction of test images classified rightly, or R² of predicted numbers.</param>
/// <param name="WeightsHash">SHA-256 of the final weights, hexadecimal.</param>
/// <param name="ValidationMetrics">Further metrics on the validation images; null without a validation split, of external trainers and of earlier versions.</param>
/// <param name="TestMetrics">Further metrics on the test images; null of external trainers and of earlier versions.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.TrialScore")]
public sealed record TrialScore(
    double TrainLoss,
    double? ValidationLoss,
    double? ValidationAccuracy,
    double TestLoss,
    double TestAccuracy,
    string WeightsHash,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TrialMetrics? ValidationMetrics = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TrialMetrics? TestMetrics = null)
{
    /// <summary>Accuracy that a sweep selects by; fraction. Without a validation split that is the one on the test images.</summary>
    /// <param name="selectBy">The sweep's choice.</param>
    public double Accuracy(SelectionSet selectBy) => selectBy == SelectionSet.Test ? TestAccuracy : ValidationAccuracy ?? TestAccuracy;

    /// <summary>Value that a sweep ranks by; null where it was not measured. Without a validation split that is the one on the test images.</summary>
    /// <param name="ranking">The sweep's choice.</param>
    public double? Value(Ranking ranking) => ranking.By.IsScore()
        ? Accuracy(ranking.Set)
        : (ranking.Set == SelectionSet.Test || ValidationAccuracy is null ? TestMetrics : ValidationMetrics)?.Of(ranking);

    /// <summary>
    /// How good that is, in [0, 1], the more the better: the value itself; of a log loss the geometric mean of the probabilities
    /// that it is of; of an RMSE the R² that orders trials alike; R² below 0, worse than guessing, counts as 0; of what has no bounds a
    /// rising function of it. 0 where it was not measured.
    /// </summary>
    /// <param name="ranking">The sweep's choice.</param>
    public double Merit(Ranking ranking) => (ranking.By, Value(ranking)) switch
    {
        (_, null) => 0,
        (Metric.LogLoss, { } loss) => Math.Exp(-loss),
        (Metric.Rmse or Metric.R2, _) => Math.Max(0, Accuracy(ranking.Set)),
        (Metric.Mae, { } error) => 1 / (1 + error),
        (Metric.Own, { } own) => (1 + (own / (1 + Math.Abs(own)))) / 2,
        (_, { } value) => value,
    };
}
