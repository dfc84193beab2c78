using System.Collections.Immutable;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Analysis.Balance;
using Sweeper.Grains.Analysis.Claims;
using Sweeper.Grains.Analysis.Importance;
using Sweeper.Grains.Analysis.Selection;
using Sweeper.Grains.Analysis.Statistics;
using Sweeper.Grains.Analysis.Surfaces;
using Sweeper.Grains.Analysis.Theory;

namespace Sweeper.Grains.Analysis;

/// <summary>Analyses the trials of a sweep. Pure: the same trials and seed give the same analysis.</summary>
internal static class SweepAnalyst
{
    /// <summary>Fewest trials, diverged ones included, that a surface is fitted to.</summary>
    internal const int FewestTrials = 8;

    private const double FlatDeviation = 1e-9;

    /// <summary>The whole analysis. Never throws for want of data: what cannot be told is a gap.</summary>
    /// <param name="trials">Trials of one sweep, of every schedule and length.</param>
    /// <param name="selectBy">Accuracy that the user selects by.</param>
    /// <param name="seed">Seed of folds, forests and resampling.</param>
    /// <param name="score">What was measured, in a word: <c>accuracy</c>, or <c>R²</c>.</param>
    public static SweepAnalysis Analyse(IEnumerable<AnalysedTrial> trials, SelectionSet selectBy, int seed, string score = "accuracy")
    {
        var sorted = new AnalysedTrials(trials, score);
        ulong random = (uint)seed;
        ImmutableArray<Outcome> outcomes = sorted.Outcomes;
        FactorSpace? space = outcomes.IsEmpty ? null : new FactorSpace(outcomes);
        ImmutableArray<AnalysisGap>.Builder gaps = ImmutableArray.CreateBuilder<AnalysisGap>();

        ResponseSurface? surface = Missing(outcomes, space, score, fewestFactors: 1) is { } noSurface
            ? Gap<ResponseSurface>(gaps, AnalysisPart.Surface, noSurface)
            : ResponseSurface.Fit(outcomes, space!, random); // nothing is missing
        (ImmutableArray<FactorImportance> factors, ImmutableArray<Interaction> pairs) = ([], []);
        if (Missing(outcomes, space, score, fewestFactors: 2) is { } noImportance)
        {
            gaps.Add(new AnalysisGap(AnalysisPart.Importance, noImportance));
        }
        else
        {
            (factors, pairs) = ImportanceAnalysis.Of(outcomes, space!, random + 1); // nothing is missing
        }

        DecayAnalysis? decay = space is null || Missing(outcomes, space, score, fewestFactors: 1) is not null ? null : DecayAnalysis.Of(outcomes, space, random + 2);
        int mostImages = sorted.Finished.Select(outcome => outcome.Trial.TrainImages).DefaultIfEmpty().Max(); // wall time is equal over equal data only
        BatchAnalysis batch = BatchAnalysis.Of(
            sorted.Finished.Where(outcome => outcome.Trial.Schedule == ScheduleKind.OneCycle && outcome.Trial.TrainImages == mostImages), random + 3);
        DropoutEffect? dropout = surface is null ? null : DropoutAnalysis.Of(surface, outcomes);
        ImmutableArray<Claim> claims = ClaimsOf(sorted, score, random + 4);
        SelectionNote? selection = SelectionAnalysis.Of(sorted.OneCycle, selectBy, score);

        Note(gaps, decay is null or { Bins.IsEmpty: true }, AnalysisPart.Decay, DecayAnalysis.Needs);
        Note(gaps, batch.Needs is not null, AnalysisPart.Batch, batch.Needs ?? "");
        Note(gaps, dropout is null, AnalysisPart.Dropout, "not enough data: needs a fitted surface over at least 2 dropout rates");
        Note(gaps, claims.IsEmpty, AnalysisPart.Claims, "not enough data: needs finished trials of a constant or step schedule (baseline: auto)");
        Note(gaps, selection is null, AnalysisPart.Selection, "not enough data: needs a finished 1cycle trial");
        return new SweepAnalysis(
            sorted.Describe(space),
            surface is null ? null : SurfaceReport.Of(surface, outcomes),
            factors,
            pairs,
            decay?.Bins ?? [],
            batch.Batches,
            dropout,
            TheoryAnalysis.Of(surface, decay, dropout, batch, claims, score),
            claims,
            selection,
            gaps.ToImmutable());
    }

    private static ImmutableArray<Claim> ClaimsOf(AnalysedTrials sorted, string score, ulong seed) =>
    [
        .. new[] { ScheduleKind.Constant, ScheduleKind.Step }
            .Where(kind => sorted.Finished.Any(outcome => outcome.Trial.Schedule == kind))
            .Select(kind => ClaimAnalysis.Of(sorted.Finished, sorted.Diverged, kind, seed, score)),
    ];

    /// <summary>What surface and importance lack; null where they lack nothing.</summary>
    private static string? Missing(ImmutableArray<Outcome> outcomes, FactorSpace? space, string score, int fewestFactors)
    {
        int finished = outcomes.Count(outcome => !outcome.Trial.Diverged);
        if (space is null || finished < FewestTrials / 2 || outcomes.Length < FewestTrials)
        {
            return FormattableString.Invariant($"not enough data: needs at least {FewestTrials} trials of one length, half of them finished; there are {outcomes.Length}, {finished} finished");
        }

        if (space.Varying.Length < fewestFactors)
        {
            return FormattableString.Invariant($"not enough data: needs at least {fewestFactors} factors that vary; there are {space.Varying.Length}");
        }

        return Sample.Variance([.. outcomes.Select(outcome => outcome.Accuracy)]) < FlatDeviation * FlatDeviation
            ? $"not enough data: needs trials that differ in {score}; all have the same"
            : null;
    }

    private static T? Gap<T>(ImmutableArray<AnalysisGap>.Builder gaps, AnalysisPart part, string needs)
        where T : class
    {
        gaps.Add(new AnalysisGap(part, needs));
        return null;
    }

    private static void Note(ImmutableArray<AnalysisGap>.Builder gaps, bool missing, AnalysisPart part, string needs)
    {
        if (missing)
        {
            gaps.Add(new AnalysisGap(part, needs));
        }
    }
}
