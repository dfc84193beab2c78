using Sweeper.Grains.Planning.Samplers;

namespace Sweeper.Tests.Unit.Planning.Samplers;

/// <summary>A function that samplers are measured on; <c>tests/Comparisons/optuna/functions.py</c> has the same ones.</summary>
/// <param name="Name">Name.</param>
/// <param name="Space">Where it is defined.</param>
/// <param name="Minimum">Its least value.</param>
/// <param name="Of">Its value at a point.</param>
internal sealed record TestFunction(string Name, SampleSpace Space, double Minimum, Func<Point, double> Of)
{
    /// <summary>Branin's: two real dimensions, three minima. Dixon and Szegő, Towards Global Optimisation 2 (1978).</summary>
    public static TestFunction Branin { get; } = new(
        "branin",
        new SampleSpace([new Dimension.Real("x", -5, 10), new Dimension.Real("y", 0, 15)]),
        0.39788735772973816,
        point => Square(point[1] - (5.1 / (4 * Math.PI * Math.PI) * Square(point[0])) + (5 / Math.PI * point[0]) - 6)
            + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(point[0])) + 10);

    /// <summary>Hartmann's in six real dimensions: six minima. Dixon and Szegő (1978).</summary>
    public static TestFunction Hartmann6 { get; } = new(
        "hartmann6",
        new SampleSpace([.. Enumerable.Range(0, 6).Select(index => new Dimension.Real($"x{index}", 0, 1))]),
        -3.32236801141551,
        Hartmann);

    /// <summary>
    /// A mixed space, ours: a learning rate on a logarithmic scale whose best value depends on an option, a whole number, and
    /// a momentum that exists with one option only.
    /// </summary>
    public static TestFunction Mixed { get; } = new(
        "mixed",
        new SampleSpace(
        [
            new Dimension.Real("rate", 1e-5, 1, Log: true),
            new Dimension.Integer("width", 1, 64),
            new Dimension.Choice("kind", ["a", "b", "c"]),
            new Dimension.Real("momentum", 0, 1) { When = [new Condition.Among("kind", [1])] },
        ]),
        0,
        point => (0.5 * Square(Math.Log10(point[0]) - (-3 + point[2]))) + (4 * Square((point[1] - 23) / 64)) + point[2] switch
        {
            0 => 0.3,
            1 => 4 * Square(point[3] - 0.7),
            _ => 0.6,
        });

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TestFunction> All { get; } = [Branin, Hartmann6, Mixed];

    private static double Square(double x) => x * x;

    private static double Hartmann(Point point)
    {
        double[] heights = [1, 1.2, 3, 3.2];
        double[][] slopes = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]];
        double[][] centres =
        [
            [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
            [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
            [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
            [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
        ];
        return -heights.Select((height, bump) => height * Math.Exp(
            -slopes[bump].Select((slope, dimension) => slope * Square(point[dimension] - centres[bump][dimension])).Sum())).Sum();
    }
}
