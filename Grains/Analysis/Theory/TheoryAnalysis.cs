using System.Collections.Immutable;
using Sweeper.Contracts.Analysis;
using Sweeper.Grains.Analysis.Balance;
using Sweeper.Grains.Analysis.Surfaces;

namespace Sweeper.Grains.Analysis.Theory;

/// <summary>
/// Holds Smith's predictions (arXiv:1708.07120, arXiv:1803.09820) against the findings. Each is decided by one measure chosen
/// beforehand, at 95%; a surface that predicts no better than the mean decides nothing.
/// </summary>
internal static class TheoryAnalysis
{
    /// <summary>How much worse, in accuracy points, a large batch may be and still count as "at least as good".</summary>
    internal const double BatchMargin = 0.25;

    /// <summary>One check for each topic, in the order of <see cref="TheoryTopic"/>.</summary>
    /// <param name="surface">Fitted surface; null without one.</param>
    /// <param name="decay">Best weight decays; null without outcomes.</param>
    /// <param name="dropout">Effect of dropout; null where it does not vary.</param>
    /// <param name="batch">Batch sizes at equal time.</param>
    /// <param name="claims">Claims against baselines.</param>
    /// <param name="score">What was measured, in a word.</param>
    public static ImmutableArray<TheoryCheck> Of(
        ResponseSurface? surface, DecayAnalysis? decay, DropoutEffect? dropout, BatchAnalysis batch, ImmutableArray<Claim> claims, string score = "accuracy") =>
    [
        WeightDecay(surface, decay),
        Dropout(surface, dropout, score),
        Batch(batch),
        Rate(surface),
        SuperConvergence(claims, score),
    ];

    private static TheoryCheck WeightDecay(ResponseSurface? surface, DecayAnalysis? decay)
    {
        const string Prediction = "A large learning rate regularises by itself, so the best weight decay falls as the maximum learning rate rises.";
        PointsInterval? product = Trusted(surface)?.Product(Factor.MaxLearningRate, Factor.WeightDecay);
        string bins = decay is { Slope: { } slope, SlopeInterval: { } interval }
            ? FormattableString.Invariant($"Best weight decay {decay.Bins[0].WeightDecay:0.#e+0} at rates {Rates(decay.Bins[0])}, {decay.Bins[^1].WeightDecay:0.#e+0} at {Rates(decay.Bins[^1])}: {slope:+0.00;-0.00;0.00} decades for each decade of rate ({interval.Lower:0.00} to {interval.Upper:0.00}).")
            : "The best weight decay is not known at two learning rates.";
        string together = product is null ? "" : " " + Together("Rate times weight decay", product);
        Agreement agreement = product is not null ? Judge(product.Lower, product.Upper, predictedSign: -1)
            : decay?.SlopeInterval is { } range ? Judge(range.Lower, range.Upper, predictedSign: -1)
            : Agreement.Undecided;
        return new TheoryCheck(TheoryTopic.WeightDecayFallsWithRate, Prediction, bins + together, agreement);
    }

    private static TheoryCheck Dropout(ResponseSurface? surface, DropoutEffect? dropout, string score)
    {
        const string Prediction = "A large learning rate regularises by itself, so dropout helps less, or harms more, as the maximum learning rate rises.";
        if (dropout is not { AtLowRates: { } low, AtHighRates: { } high })
        {
            return Unknown(TheoryTopic.DropoutFallsWithRate, Prediction, "Needs a fitted surface over trials in which both dropout and the learning rate vary.");
        }

        PointsInterval? product = Trusted(surface)?.Product(Factor.MaxLearningRate, Factor.Dropout);
        string finding = FormattableString.Invariant($"Dropout {dropout.HighestDropout:0.##} instead of {dropout.LowestDropout:0.##} changes {score} by {low.Points:+0.00;-0.00;0.00} points at the lowest learning rates and {high.Points:+0.00;-0.00;0.00} at the highest.");
        return product is null
            ? Unknown(TheoryTopic.DropoutFallsWithRate, Prediction, finding + " The surface predicts no better than the mean, so this decides nothing.")
            : new TheoryCheck(TheoryTopic.DropoutFallsWithRate, Prediction, $"{finding} {Together("Rate times dropout", product)}", Judge(product.Lower, product.Upper, predictedSign: -1));
    }

    private static TheoryCheck Batch(BatchAnalysis batch)
    {
        const string Prediction = "At equal wall time a large batch does at least as well as a small one.";
        if (batch.Gain is not { } gain)
        {
            return Unknown(TheoryTopic.LargeBatchAtEqualTime, Prediction, batch.Needs ?? "Not measured.");
        }

        BatchAtEqualTime small = batch.Batches[0];
        BatchAtEqualTime large = batch.Batches[^1];
        Agreement agreement = gain.Upper < 0 ? Agreement.Disagree : gain.Lower > -BatchMargin ? Agreement.Agree : Agreement.Undecided;
        return new TheoryCheck(
            TheoryTopic.LargeBatchAtEqualTime,
            Prediction,
            FormattableString.Invariant($"Within {small.Seconds:0.#} s batch {large.BatchSize} reaches {100 * large.Accuracy:0.00}% and batch {small.BatchSize} {100 * small.Accuracy:0.00}%: {gain.Points:+0.00;-0.00;0.00} points ({gain.Lower:0.00} to {gain.Upper:0.00}; worse by less than {BatchMargin} counts as equal)."),
            agreement);
    }

    private static TheoryCheck Rate(ResponseSurface? surface)
    {
        const string Prediction = "A larger batch wants a larger maximum learning rate.";
        return Trusted(surface)?.Product(Factor.MaxLearningRate, Factor.BatchSize) is { } product
            ? new TheoryCheck(TheoryTopic.RateRisesWithBatch, Prediction, Together("Rate times batch size", product), Judge(product.Lower, product.Upper, predictedSign: 1))
            : Unknown(TheoryTopic.RateRisesWithBatch, Prediction, "Needs a surface that predicts better than the mean, over trials in which both batch size and the learning rate vary.");
    }

    private static TheoryCheck SuperConvergence(ImmutableArray<Claim> claims, string score)
    {
        string prediction = $"One cycle up to a large learning rate reaches the {score} of the usual schedules in far fewer steps.";
        Claim[] measured = [.. claims.Where(claim => claim.Verdict != ClaimVerdict.NotMeasured)];
        return measured.Length == 0
            ? Unknown(TheoryTopic.SuperConvergence, prediction, "Needs finished trials of an ordinary schedule in the same sweep: strategy super_convergence trains them (search.baseline: auto).")
            : new TheoryCheck(
                TheoryTopic.SuperConvergence,
                prediction,
                string.Join(' ', measured.Select(claim => claim.Sentence)),
                measured.All(claim => claim.Verdict == ClaimVerdict.SuperConvergence) ? Agreement.Agree
                    : measured.Any(IsSlower) ? Agreement.Disagree
                    : Agreement.Undecided);
    }

    /// <summary>Slower beyond the noise: never as accurate, or the whole interval below 1.</summary>
    private static bool IsSlower(Claim claim) =>
        claim.Verdict == ClaimVerdict.NotHere && (claim.SpeedUp is null || claim.SpeedUp.Upper < 1);

    private static ResponseSurface? Trusted(ResponseSurface? surface) => surface is { Explains: true } ? surface : null;

    private static Agreement Judge(double lower, double upper, int predictedSign) =>
        lower > 0 ? (predictedSign > 0 ? Agreement.Agree : Agreement.Disagree)
        : upper < 0 ? (predictedSign < 0 ? Agreement.Agree : Agreement.Disagree)
        : Agreement.Undecided;

    private static string Together(string what, PointsInterval product) =>
        FormattableString.Invariant($"{what} in the fitted surface: {product.Points:+0.00;-0.00;0.00} points ({product.Lower:0.00} to {product.Upper:0.00}) where both are at an end of their range.");

    private static string Rates(DecayAtRate bin) =>
        bin.LowestRate == bin.HighestRate
            ? FormattableString.Invariant($"{bin.LowestRate:0.####}")
            : FormattableString.Invariant($"{bin.LowestRate:0.####} to {bin.HighestRate:0.####}");

    private static TheoryCheck Unknown(TheoryTopic topic, string prediction, string finding) => new(topic, prediction, finding, Agreement.Undecided);
}
