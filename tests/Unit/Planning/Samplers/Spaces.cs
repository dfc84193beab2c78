using System.Collections.Immutable;
using CsCheck;
using Sweeper.Grains.Planning.Samplers;

namespace Sweeper.Tests.Unit.Planning.Samplers;

/// <summary>Spaces, histories and their laws.</summary>
internal static class Spaces
{
    /// <summary>One dimension of each type; two are conditional, one of them on the other.</summary>
    public static SampleSpace Everything { get; } = new(
    [
        new Dimension.Real("rate", 1e-5, 1, Log: true),
        new Dimension.Real("decay", -1, 2),
        new Dimension.Integer("depth", -2, 5),
        new Dimension.Integer("width", 1, 1024, Log: true),
        new Dimension.Stepped("batch", [32, 64, 128, 256]),
        new Dimension.Choice("optimiser", ["sgd", "adam", "lion"]),
        new Dimension.Real("momentum", 0.5, 0.99) { When = [new Condition.Among("optimiser", [0])] },
        new Dimension.Choice("nesterov", ["no", "yes"]) { When = [new Condition.Between("momentum", 0.8, 0.99)] },
    ]);

    /// <summary>Every sampler.</summary>
    public static IEnumerable<SamplerKind> Kinds => Enum.GetValues<SamplerKind>();

    /// <summary>Ends of trials, extreme ones among them: null is pending, NaN failed.</summary>
    public static Gen<double?> Ends { get; } = Gen.Frequency(
        (6, Gen.Double[-10, 10].Select(value => (double?)value)),
        (1, Gen.Const((double?)1)),
        (1, Gen.Const((double?)1e300)),
        (1, Gen.Const((double?)-1e300)),
        (1, Gen.Const((double?)double.PositiveInfinity)),
        (2, Gen.Const((double?)double.NaN)),
        (2, Gen.Const((double?)null)));

    /// <summary>A history of random points of <see cref="Everything"/> that ended in given ways.</summary>
    public static List<Observation> History(IEnumerable<double?> ends, ulong seed = 7)
    {
        List<Observation> history = [];
        foreach (double? end in ends)
        {
            Point point = RandomSampler.Instance.Suggest(Everything, seed, history);
            history.Add(new Observation(point, end is { } value && double.IsNaN(value) ? null : end, end is { } number && double.IsNaN(number)));
        }

        return history;
    }

    /// <summary>Whether a point has a value of the right type within bounds where it is active, and none where it is not.</summary>
    public static bool Holds(SampleSpace space, Point point) =>
        point.Values.Length == space.Size && Enumerable.Range(0, space.Size).All(index => IsRight(space, point, index));

    private static bool IsRight(SampleSpace space, Point point, int index)
    {
        Dimension dimension = space.Dimensions[index];
        double value = point[index];
        if (!dimension.When.All(when => when.IsMetBy(point[NumberOf(space.Dimensions, when.On)])))
        {
            return double.IsNaN(value);
        }

        return dimension switch
        {
            Dimension.Real real => value >= real.Min && value <= real.Max,
            Dimension.Integer whole => value >= whole.Min && value <= whole.Max && value.Equals(Math.Round(value)),
            Dimension.Stepped stepped => stepped.Values.Contains(value),
            Dimension.Choice choice => Enumerable.Range(0, choice.Options.Length).Any(option => value.Equals(option)),
            _ => false,
        };
    }

    private static int NumberOf(ImmutableArray<Dimension> dimensions, string name) =>
        Enumerable.Range(0, dimensions.Length).First(index => dimensions[index].Name == name);
}
