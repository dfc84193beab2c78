using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning.Recipe;

/// <summary>
/// The shortest cycles: first every tested cell at every rate, then a refinement around the best and the momentum.
/// </summary>
/// <param name="First">Every tested cell at every rate between its bounds.</param>
/// <param name="Refined">Weight decays between and beyond the best, the best of every factor together; nothing before the first has ended.</param>
/// <param name="Momentum">The best with other momentums; nothing before the first has ended.</param>
internal sealed record ShortCycles(Wave First, Wave Refined, Wave Momentum)
{
    /// <summary>Upper momentums that are tried (arXiv:1803.09820, section 4.3: 0.9 to 0.99; 0.99 diverges with 1cycle more often than not).</summary>
    private static readonly ImmutableArray<double> Momentums = [0.9, 0.95, 0.97];

    /// <summary>Half a decade, the finest step of weight decay worth taking (arXiv:1803.09820, section 4.4).</summary>
    private static readonly double HalfDecade = Math.Sqrt(10);

    /// <summary>Whether all of them have ended.</summary>
    public bool HasEnded => First.HasEnded && Refined.HasEnded && Momentum.HasEnded;

    /// <summary>Those that are not planned yet.</summary>
    public ImmutableArray<WantedTrial> Missing => [.. Refined.Missing, .. Momentum.Missing];

    /// <summary>The short cycles of a sweep.</summary>
    public static ShortCycles Of(RecipeContext context)
    {
        Wave first = context.Wave(Candidates(context));
        if (!first.HasEnded || context.Ranked(first) is not [var best, ..])
        {
            return new ShortCycles(first, context.Wave([]), context.Wave([]));
        }

        return new ShortCycles(first, context.Wave(Refinements(context, first, best)), context.Wave(Momenta(context, best)));
    }

    /// <summary>Candidates that reached a score, best first.</summary>
    public ImmutableArray<TrialRecord> Ranked(RecipeContext context) =>
        context.Ranked(new Wave([], [.. First.Results, .. Refined.Results]));

    /// <summary>Schedule with the momentum that did best; the spec's where none did better.</summary>
    public ScheduleSpec BestSchedule(RecipeContext context)
    {
        if (context.Ranked(First) is not [var best, ..] || context.Ranked(Momentum) is not [var other, ..])
        {
            return context.Spec.Training.Schedule;
        }

        return context.Accuracy(other) > context.Accuracy(best) ? other.Plan!.Schedule : context.Spec.Training.Schedule; // planned by this recipe
    }

    private static IEnumerable<WantedTrial> Candidates(RecipeContext context)
    {
        SweepSpec spec = context.Spec;
        foreach (CellKey cell in CellDesign.Star(spec).Where(context.Bounds.IsTested))
        {
            double bound = context.Bounds.Of(cell);
            foreach (double position in AxisValues.OfGrid(context.RateAxis).Reverse())
            {
                double rate = AxisValues.LearningRate(context.RateAxis, position, bound, spec.RangeTest.PullBack);
                string share = string.Create(CultureInfo.InvariantCulture, $"{rate / bound:0.##}");
                yield return Short(
                    context,
                    RecipeContext.At(cell, rate),
                    spec.Training.Schedule,
                    TrialRole.Candidate,
                    $"first candidates: {share} of the largest rate, {bound.ToString("0.####", CultureInfo.InvariantCulture)}, that the range test of {cell} found");
            }
        }

        foreach ((Configuration at, string why) in WarmCandidates.Of(context))
        {
            yield return Short(context, at, spec.Training.Schedule, TrialRole.Candidate, why);
        }
    }

    private static IEnumerable<WantedTrial> Refinements(RecipeContext context, Wave first, TrialRecord best)
    {
        Configuration at = best.Configuration;
        var byDecay = context.Ranked(first)
            .Where(trial => trial.Configuration.BatchSize == at.BatchSize && trial.Configuration.Dropout.Equals(at.Dropout))
            .GroupBy(trial => trial.Configuration.WeightDecay)
            .Select(group => group.Key)
            .ToList();
        foreach ((double decay, string why) in Decays(context, byDecay, at))
        {
            CellKey cell = at.Cell with { WeightDecay = decay };
            yield return Short(context, context.MovedTo(cell, at), context.Spec.Training.Schedule, TrialRole.Candidate, why, best.Number);
        }

        // The star tested one factor at a time; where two of them moved the best away from its centre, try them together.
        CellKey together = at.Cell with
        {
            BatchSize = BestOf(context, first, trial => trial.Configuration.BatchSize),
            WeightDecay = BestOf(context, first, trial => trial.Configuration.WeightDecay),
            Dropout = BestOf(context, first, trial => trial.Configuration.Dropout),
        };
        if (!first.Results.Any(trial => trial.Configuration.Cell == together))
        {
            yield return Short(
                context,
                context.MovedTo(together, at),
                context.Spec.Training.Schedule,
                TrialRole.Candidate,
                $"the best batch size, weight decay and dropout of the first candidates together; the rate follows from the tested cells",
                best.Number);
        }
    }

    /// <summary>Weight decays to try beside the best: halfway, in the exponent, to the better neighbour, and beyond an edge.</summary>
    private static IEnumerable<(double Decay, string Why)> Decays(RecipeContext context, List<double> byDecay, Configuration at)
    {
        double best = at.WeightDecay;
        double[] grid = [.. AxisValues.OfGrid(context.Spec.Search.WeightDecay).Order()];
        int place = Array.IndexOf(grid, best);
        if (grid.Length < 2 || place < 0)
        {
            yield break;
        }

        double neighbour = byDecay.FirstOrDefault(
            decay => Math.Abs(Array.IndexOf(grid, decay) - place) == 1, grid[place == 0 ? 1 : place - 1]);
        yield return (Between(best, neighbour), $"weight decay halfway between the best, {Number(best)}, and the better of its neighbours, {Number(neighbour)}");
        if (place == grid.Length - 1)
        {
            yield return (AxisValues.Round(best * HalfDecade), $"weight decay half a decade beyond the best, {Number(best)}, the greatest that was tried");
        }
        else if (place == 0 && best > 0)
        {
            yield return (AxisValues.Round(best / HalfDecade), $"weight decay half a decade below the best, {Number(best)}, the least that was tried");
        }
    }

    private static IEnumerable<WantedTrial> Momenta(RecipeContext context, TrialRecord best)
    {
        ScheduleSpec schedule = context.Spec.Training.Schedule;
        return context.Spec.Training.Optimizer.Type != OptimizerType.Sgd
            ? []
            : Momentums
                .Where(momentum => !momentum.Equals(schedule.MomentumHigh))
                .Select(momentum => Short(
                    context,
                    best.Configuration,
                    schedule with { MomentumHigh = momentum, MomentumLow = Math.Min(schedule.MomentumLow, momentum) },
                    TrialRole.Momentum,
                    $"momentum {Number(momentum)} in place of {Number(schedule.MomentumHigh)} for the best of the first candidates, {context.Percent(best)}",
                    best.Number));
    }

    private static WantedTrial Short(
        RecipeContext context, Configuration at, ScheduleSpec schedule, TrialRole role, string why, int? parent = null) =>
        new(at, new TrialPlan(role, context.Settings.Rungs[0], schedule, why, Rung: 0, parent));

    private static T BestOf<T>(RecipeContext context, Wave first, Func<TrialRecord, T> factor) =>
        context.Ranked(first).GroupBy(factor).MaxBy(group => group.Max(context.Accuracy))!.Key; // the best exists, so a group does

    private static double Between(double best, double neighbour) => (best, neighbour) switch
    {
        (0, _) => AxisValues.Round(neighbour / HalfDecade),
        (_, 0) => AxisValues.Round(best / HalfDecade),
        _ => AxisValues.Round(Math.Sqrt(best * neighbour)),
    };

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
