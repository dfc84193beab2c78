using System.Collections.Immutable;
using System.Diagnostics;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;

namespace Sweeper.Grains.Planning;

/// <summary>The cells and trials that a spec asks for, in the order in which they run. Pure: the same spec gives the same plan.</summary>
/// <param name="Cells">Distinct combinations of batch size, weight decay, dropout and training images.</param>
/// <param name="Trials">Trials; replicates of the whole space follow one another, so that every configuration has a first result early.</param>
internal sealed record SearchPlan(ImmutableArray<CellKey> Cells, ImmutableArray<PlannedTrial> Trials)
{
    /// <summary>Draws in a row that bring nothing new before a space counts as exhausted.</summary>
    private const int MostRepeats = 1_000;

    /// <summary>The plan of a spec.</summary>
    public static SearchPlan Of(SweepSpec spec)
    {
        if (spec.Repeat is { } repeat)
        {
            return new SearchPlan(
                [repeat.Configuration.Cell],
                [new PlannedTrial(1, repeat.Configuration.MaxLearningRate, repeat.Replicate, repeat.Seed, repeat.Plan)]);
        }

        if (spec is { Search.Strategy: SearchStrategy.SuperConvergence, Purpose: SweepPurpose.Search })
        {
            return new SearchPlan(CellDesign.Star(spec), []);
        }

        if (spec.SuggestsOnItsWay() || spec is { Search.Strategy: SearchStrategy.Pbt, Purpose: SweepPurpose.Search })
        {
            return new SearchPlan(spec.Search.MaxLearningRate is AxisSpec.FromRangeTest ? CellDesign.Corners(spec) : [], []);
        }

        ImmutableArray<(CellKey Cell, double Rate)> points = spec.Search.Strategy switch
        {
            SearchStrategy.Grid or SearchStrategy.SuperConvergence => [.. AxisGrid.Points(spec)],
            _ when spec.Search.Strategy.Draws() => Random(spec),
            _ => throw new UnreachableException(),
        };
        if (spec.Purpose == SweepPurpose.ResumeCheck)
        {
            points = points[..1];
        }

        int limit = spec.Limits.Trials ?? int.MaxValue;
        var cells = ImmutableArray.CreateBuilder<CellKey>();
        var numbers = new Dictionary<CellKey, int>();
        var trials = ImmutableArray.CreateBuilder<PlannedTrial>();
        int replicates = spec.Purpose == SweepPurpose.Search ? spec.Search.Seeds : 1;
        for (int replicate = 1; replicate <= replicates; replicate++)
        {
            foreach ((CellKey cell, double rate) in points)
            {
                if (trials.Count >= limit)
                {
                    break;
                }

                if (!numbers.TryGetValue(cell, out int number))
                {
                    cells.Add(cell);
                    number = cells.Count;
                    numbers.Add(cell, number);
                }

                trials.Add(new PlannedTrial(number, rate, replicate, SplitMix.TrialSeed(spec.Seed, replicate)));
            }
        }

        return new SearchPlan(
            cells.ToImmutable(),
            spec.Purpose == SweepPurpose.RangeTestsOnly ? [] : trials.ToImmutable());
    }

    private static double[] Draws(SearchAxes axes, ref SplitMix random)
    {
        double[] values = new double[axes.Model.Length];
        for (int i = 0; i < values.Length; i++)
        {
            AxisSpec axis = axes.Model[i].Axis;
            double value = AxisValues.Draw(axis, ref random);
            values[i] = axis is AxisSpec.Range ? AxisValues.Round(value) : value;
        }

        return values;
    }

    private static int WholeNumber(double value) => (int)Math.Round(value);

    private static ImmutableArray<(CellKey Cell, double Rate)> Random(SweepSpec spec)
    {
        SearchSpec search = spec.Search;
        var axes = new SearchAxes(spec);
        double onlySize = spec.Data.TrainSize ?? DataSpec.All;
        var random = new SplitMix((ulong)(uint)spec.Seed);
        var points = ImmutableArray.CreateBuilder<(CellKey, double)>();
        var seen = new HashSet<(CellKey, double)>();
        for (int repeats = 0; points.Count < search.Trials && repeats < MostRepeats;)
        {
            int batch = WholeNumber(AxisValues.Draw(search.BatchSize, ref random));
            double decay = AxisValues.Draw(search.WeightDecay, ref random);
            double dropout = AxisValues.Draw(search.Dropout, ref random);
            double rate = AxisValues.Draw(search.MaxLearningRate, ref random);
            double size = spec.Data.TrainSizes is { } sizes ? AxisValues.Draw(sizes, ref random) : onlySize; // last, so that one size draws as ever
            double[] model = Draws(axes, ref random);
            (CellKey, double) point = axes.PointAt([size, batch, decay, dropout, rate, .. model]);
            if (seen.Add(point))
            {
                points.Add(point);
                repeats = 0;
            }
            else
            {
                repeats++; // the same point with the same seed would be the same trial once more
            }
        }

        return points.ToImmutable();
    }
}

/// <summary>A trial before it is queued.</summary>
/// <param name="Cell">Number of its cell, from 1.</param>
/// <param name="Rate">Learning rate; for bounds from a range test the position in [0, 1] between them.</param>
/// <param name="Replicate">Replicate, from 1.</param>
/// <param name="Seed">Seed of the trial.</param>
/// <param name="Plan">How it trains where that is not as the spec says; null: as it says.</param>
internal readonly record struct PlannedTrial(int Cell, double Rate, int Replicate, int Seed, TrialPlan? Plan = null);
