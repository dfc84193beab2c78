using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Planning.Samplers;
using Sweeper.Grains.Planning.Sampling;

namespace Sweeper.Grains.Planning.Populations;

/// <summary>The space of a population: points, the configurations that they stand for, and steps between them. Pure.</summary>
/// <param name="spec">The sweep.</param>
/// <param name="bounds">Largest rates of the cells; null where the spec gives the rates.</param>
internal sealed class PopulationSpace(SweepSpec spec, RateBounds? bounds)
{
    /// <summary>Factor of a step up, its inverse of one down; the paper's 1.2 and 0.8, made symmetric.</summary>
    private const double Step = 1.25;

    /// <summary>Probability that a value is drawn anew in place of a step; ours, the paper's implementations have 0.25.</summary>
    private const double Fresh = 0.1;

    private readonly SampledSpace _space = new(spec);

    /// <summary>As samplers see it.</summary>
    public SampleSpace Space => _space.Space;

    /// <summary>Configuration of a point, and its position between the bounds of a range test where it has some.</summary>
    public (Configuration At, double? Position) At(Point point) => _space.At(point, bounds);

    /// <summary>Point of a run.</summary>
    public Point Of(TrialState trial) => _space.Write(trial.Record.Configuration, trial.Position);

    /// <summary>A point a step away in every dimension, up or down, or now and then anywhere.</summary>
    public Point Perturbed(Point from, ref SplitMix random)
    {
        double[] values = [.. from.Values];
        for (int index = 0; index < values.Length; index++)
        {
            Dimension dimension = Space.Dimensions[index];
            double fresh = UnitAxis.ValueAt(dimension, random.NextDouble());
            bool anew = random.NextDouble() < Fresh;
            bool up = random.NextDouble() < 0.5;
            values[index] = anew || double.IsNaN(values[index]) ? fresh : Stepped(dimension, values[index], up); // inactive ones are dropped below
        }

        return Space.PointOf(values);
    }

    private double Stepped(Dimension dimension, double value, bool up) => dimension switch
    {
        Dimension.Real real when dimension.Name == SearchAxes.MaxLearningRate && spec.Search.MaxLearningRate is AxisSpec.FromRangeTest test =>
            Math.Clamp(value + ((up ? 1 : -1) * Math.Log(Step) / Math.Log(test.High / test.Low)), real.Min, real.Max), // a position, even in the logarithm
        Dimension.Real real => AxisValues.Round(Math.Clamp(up ? value * Step : value / Step, real.Min, real.Max)),
        Dimension.Integer whole => Math.Clamp(up ? Math.Max(value + 1, Math.Round(value * Step)) : Math.Min(value - 1, Math.Round(value / Step)), whole.Min, whole.Max),
        Dimension.Stepped list => list.Values[Math.Clamp(list.Values.IndexOf(value) + (up ? 1 : -1), 0, list.Values.Length - 1)],
        _ => value,
    };
}
