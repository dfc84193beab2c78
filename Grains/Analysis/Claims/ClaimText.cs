using Sweeper.Contracts.Analysis;

namespace Sweeper.Grains.Analysis.Claims;

/// <summary>A claim in words.</summary>
internal static class ClaimText
{
    /// <summary>One or two sentences with the numbers.</summary>
    /// <param name="claim">The claim, its verdict decided.</param>
    /// <param name="atLeast">Whether already the shortest run reached the accuracy, so that the speed-up may be larger.</param>
    /// <param name="score">What was measured, in a word.</param>
    public static string Of(Claim claim, bool atLeast, string score)
    {
        string baseline = claim.Baseline == ScheduleKind.Constant ? "the constant baseline" : "the step baseline";
        if (claim.SpeedUp is not { } speedUp)
        {
            return FormattableString.Invariant($"1cycle did not reach {baseline}'s best mean {score} of {100 * claim.BaselineBest!.Mean:0.00}% at any length tried.");
        }

        string steps = FormattableString.Invariant($"1cycle reached {baseline}'s best mean {score} of {100 * claim.BaselineBest!.Mean:0.00}% in {(atLeast ? "at most " : "")}{claim.OneCycleSteps:0} steps instead of {claim.BaselineSteps:0}");
        string times = FormattableString.Invariant($"{speedUp.Ratio:0.00} times as fast{Range(speedUp)}");
        return claim.Verdict switch
        {
            ClaimVerdict.SuperConvergence => $"Super-convergence: {steps}, {times}.",
            ClaimVerdict.FasterNotSignificant when speedUp.Lower is null => $"{steps}, {times}; no claim without at least {Candidates.FewestSeeds} seeds on both sides.",
            ClaimVerdict.FasterNotSignificant => $"{steps}, {times}; the interval includes 1, so this may be chance.",
            _ => $"{steps}, {times}: not faster.",
        };
    }

    private static string Range(SpeedUp speedUp) =>
        speedUp is { Lower: { } lower, Upper: { } upper } ? FormattableString.Invariant($" (95% interval {lower:0.00} to {upper:0.00})") : "";
}
