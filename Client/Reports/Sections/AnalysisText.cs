using System.Diagnostics;
using System.Globalization;
using Sweeper.Contracts.Analysis;

namespace Sweeper.Client.Reports.Sections;

/// <summary>Words of an analysis.</summary>
internal static class AnalysisText
{
    /// <summary>Name of a factor.</summary>
    public static string Of(Factor factor) => factor switch
    {
        Factor.MaxLearningRate => "max LR",
        Factor.BatchSize => "batch size",
        Factor.WeightDecay => "weight decay",
        Factor.Dropout => "dropout",
        Factor.TrainImages => "training images",
        _ => throw new UnreachableException(),
    };

    /// <summary>Whether data agree with a prediction.</summary>
    public static string Of(Agreement agreement) => agreement switch
    {
        Agreement.Agree => "agree",
        Agreement.Disagree => "disagree",
        Agreement.Undecided => "undecided",
        _ => throw new UnreachableException(),
    };

    /// <summary>A share in [0, 1] as a percentage with its interval: <c>62% (48–71)</c>.</summary>
    public static string Share(double share, double lower, double upper) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * share:0}% ({100 * lower:0}–{100 * upper:0})");

    /// <summary>A difference in accuracy points with its interval: <c>−0.41 (−0.80 to −0.02)</c>.</summary>
    public static string Points(PointsInterval points) =>
        string.Create(CultureInfo.InvariantCulture, $"{points.Points:+0.00;−0.00;0.00} ({points.Lower:+0.00;−0.00;0.00} to {points.Upper:+0.00;−0.00;0.00})");

    /// <summary>What a missing part needs; a sentence of its own where the analysis names none.</summary>
    public static string Gap(SweepAnalysis analysis, AnalysisPart part) =>
        analysis.Gaps.FirstOrDefault(gap => gap.Part == part)?.Needs ?? "not enough data";
}
