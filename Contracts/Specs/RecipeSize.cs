using System.Collections.Immutable;

namespace Sweeper.Contracts.Specs;

/// <summary>How much <see cref="SearchStrategy.SuperConvergence"/> asks for at most, before any limit.</summary>
/// <param name="Cells">Cells that are range-tested.</param>
/// <param name="Steps">What it trains, step by step.</param>
public sealed record RecipeSize(int Cells, ImmutableArray<RecipeStep> Steps)
{
    /// <summary>Ratio of neighbouring cycle lengths, and of candidates that are tried to those that go on (Hyperband's eta, arXiv:1603.06560).</summary>
    public const int Eta = 3;

    /// <summary>Weight decays and combinations that are added around the best, at most.</summary>
    public const int MostRefinements = 3;

    /// <summary>Upper momentums that are tried, at most.</summary>
    public const int MostMomentums = 3;

    /// <summary>Rates that each baseline is tuned over.</summary>
    public const int BaselineRates = 3;

    /// <summary>Leaders that are replicated.</summary>
    public const int Leaders = 2;

    /// <summary>Shortest cycle in epochs: below, nothing is learned that could be ranked; ours.</summary>
    private const double ShortestCycle = 0.5;

    /// <summary>Winners of earlier sweeps that a warm start adds to the first candidates, at most.</summary>
    public const int MostWarm = 3;

    private const int MostRungs = 3;
    private const int BaselineSchedules = 2;

    /// <summary>Trials, at most.</summary>
    public int Trials => Steps.Sum(step => step.Trials);

    /// <summary>Epochs of all trials, at most.</summary>
    public double Epochs => Steps.Sum(step => step.Trials * step.Epochs);

    /// <summary>Lengths of the cycles of a spec, shortest first; the last is the spec's own.</summary>
    /// <param name="epochs">Length of a full run, epochs.</param>
    public static ImmutableArray<double> Rungs(double epochs) =>
    [
        .. Enumerable.Range(0, MostRungs)
            .Select(down => epochs / Math.Pow(Eta, down))
            .Where((length, down) => down == 0 || length >= ShortestCycle)
            .Reverse(),
    ];

    /// <summary>Size of a spec of the recipe.</summary>
    public static RecipeSize Of(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        SearchSpec search = spec.Search;
        ImmutableArray<double> rungs = Rungs(spec.Training.Epochs);
        int cells = Points(search.WeightDecay) + Points(search.BatchSize) + Points(search.Dropout) - 2;
        int candidates = cells * Points(search.MaxLearningRate);
        var steps = ImmutableArray.CreateBuilder<RecipeStep>();
        steps.Add(new RecipeStep("first candidates", candidates, rungs[0]));
        int warm = search.WarmStart is null ? 0 : MostWarm;
        steps.Add(new RecipeStep("the best of earlier sweeps", warm, rungs[0]));
        steps.Add(new RecipeStep("refinement", MostRefinements, rungs[0]));
        steps.Add(new RecipeStep("momentum", spec.Training.Optimizer.Type == OptimizerType.Sgd ? MostMomentums : 0, rungs[0]));
        int left = candidates + warm + MostRefinements;
        foreach (double length in rungs.Skip(1))
        {
            left = (left + Eta - 1) / Eta;
            steps.Add(new RecipeStep("the best third go on", left, length));
        }

        steps.Add(new RecipeStep("without halving", rungs.Length > 1 ? 1 : 0, rungs[^1]));
        steps.Add(new RecipeStep("seeds of the leaders", Leaders * (search.Seeds - 1), rungs[^1]));
        int baselines = search.Baseline == BaselineMode.Auto ? BaselineSchedules : 0;
        steps.Add(new RecipeStep("baselines, tuning", baselines * BaselineRates, rungs[Math.Max(0, rungs.Length - 2)]));
        steps.Add(new RecipeStep("baselines, seeds", baselines * (search.Seeds - (rungs.Length > 1 ? 0 : 1)), rungs[^1]));
        return new RecipeSize(cells, [.. steps.Where(step => step.Trials > 0)]);
    }

    private static int Points(AxisSpec axis) => (int)AxisGrid.Count(axis);
}

/// <summary>A step of the recipe.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Trials">Trials, at most.</param>
/// <param name="Epochs">Length of each, epochs.</param>
public sealed record RecipeStep(string Name, int Trials, double Epochs);
