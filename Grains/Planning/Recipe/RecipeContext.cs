using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning.Recipe;

/// <summary>What every step of the recipe looks at.</summary>
/// <param name="State">The sweep.</param>
/// <param name="Settings">Lengths and shares.</param>
/// <param name="Bounds">Largest learning rate of any cell.</param>
internal sealed record RecipeContext(SweepState State, RecipeSettings Settings, RateBounds Bounds)
{
    /// <summary>What was asked.</summary>
    public SweepSpec Spec => State.Spec;

    /// <summary>The axis of the rate: the validator lets no other pass.</summary>
    public AxisSpec.FromRangeTest RateAxis => (AxisSpec.FromRangeTest)Spec.Search.MaxLearningRate;

    /// <summary>Largest rate that is used in a cell: its bound, pulled back.</summary>
    public double LargestRate(CellKey cell) => Bounds.Of(cell) * Spec.RangeTest.PullBack;

    /// <summary>The same share of another cell's bound as a configuration has of its own.</summary>
    public Configuration MovedTo(CellKey cell, Configuration from)
    {
        double share = from.MaxLearningRate / Bounds.Of(from.Cell);
        return At(cell, AxisValues.Round(share * Bounds.Of(cell)));
    }

    /// <summary>A configuration of a cell.</summary>
    public static Configuration At(CellKey cell, double rate) => Configuration.At(cell, rate);

    /// <summary>The wave of what is wanted.</summary>
    public Wave Wave(IEnumerable<WantedTrial> wanted) => Recipe.Wave.Of(State, wanted);

    /// <summary>Trials of a wave that reached a score, best first.</summary>
    public ImmutableArray<TrialRecord> Ranked(Wave wave) => wave.Ranked(Spec.Search.Ranking);

    /// <summary>Accuracy that the spec selects by; fraction.</summary>
    public double Accuracy(TrialRecord trial) => Recipe.Wave.Accuracy(trial, Spec.Search.SelectBy);

    /// <summary>Accuracy in words: <c>84.20%</c>.</summary>
    public string Percent(TrialRecord trial) => string.Create(CultureInfo.InvariantCulture, $"{Accuracy(trial):0.00%}");

    /// <summary>A number of epochs in words.</summary>
    public static string Epochs(double epochs) => string.Create(CultureInfo.InvariantCulture, $"{epochs:0.##} {(epochs == 1 ? "epoch" : "epochs")}");
}
