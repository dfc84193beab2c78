using System.Collections.Immutable;

namespace Sweeper.Tests.Unit.Training.RangeTests.Verdicts;

/// <summary>
/// A range test as the authors' logs give it (github.com/lnsmith54/super-convergence, read for arXiv:1708.07120): mean test
/// accuracy in bands of the rate, .02, .1, .25, .5, 1, 1.5, 2, 2.5 to 3.
/// </summary>
/// <param name="Run">Which run.</param>
/// <param name="Means">Mean accuracy per band; fewer than eight where the ramp ends earlier.</param>
/// <param name="Classes">Classes that accuracy is about.</param>
/// <param name="IsFlat">Whether accuracy stays up to the end: the network super-converges. Otherwise it collapses.</param>
internal sealed record PublishedBands(string Run, ImmutableArray<double> Means, int Classes, bool IsFlat)
{
    private static readonly ImmutableArray<double> Edges = [0.02, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3];

    /// <summary>First band after which the curves of those that super-converge no longer climb.</summary>
    private const int FirstFlatBand = 2;

    /// <summary>All of them.</summary>
    public static ImmutableArray<PublishedBands> All { get; } =
    [
        new("ResNet-56, 5k steps", [.398, .551, .717, .722, .741, .723, .745, .738], 10, true),
        new("ResNet-56, 20k", [.584, .715, .762, .771, .758, .745, .728, .722], 10, true),
        new("ResNet-56, 100k", [.663, .770, .800, .804, .804, .770, .744, .730], 10, true),
        new("ResNet-20, 80k", [.697, .757, .774, .774, .769, .758], 10, true),
        new("ResNet-110, 80k", [.685, .790, .815, .811, .790, .770], 10, true),
        new("ResNet-56, dropout .2, 20k", [.555, .762, .820, .837, .826, .803, .783, .761], 10, true),
        new("CIFAR-100, ResNet-56, 20k", [.221, .367, .423, .455, .429, .419, .427, .416], 100, true),
        new("counter-example", [.358, .433, .458, .307, .176, .169, .167, .145], 10, false),
    ];

    /// <summary>
    /// How far a band lies off a straight line through the flat bands of its run, relative to its accuracy: pooled standard
    /// deviation over the runs that super-converge. It stands for what another seed would change.
    /// </summary>
    public static double Deviation { get; } = Pooled();

    /// <summary>Last rate of the ramp.</summary>
    public double Highest => Edges[Means.Length];

    /// <summary>Accuracy along the ramp: straight from chance at 0 through the middle of every band, level after the last.</summary>
    /// <param name="rate">Learning rate.</param>
    /// <param name="means">Means to go through in place of the published ones; as many.</param>
    public double At(double rate, IReadOnlyList<double> means)
    {
        (double rate0, double accuracy0) = (0, 1.0 / Classes);
        for (int band = 0; band < means.Count; band++)
        {
            double middle = (Edges[band] + Edges[band + 1]) / 2;
            if (rate <= middle)
            {
                return accuracy0 + ((means[band] - accuracy0) * (rate - rate0) / (middle - rate0));
            }

            (rate0, accuracy0) = (middle, means[band]);
        }

        return accuracy0;
    }

    private static double Pooled()
    {
        double squares = 0;
        int freedom = 0;
        foreach (PublishedBands run in All.Where(run => run.IsFlat))
        {
            double[] flat = [.. run.Means.Skip(FirstFlatBand)];
            (double intercept, double slope) = MathNet.Numerics.Fit.Line([.. flat.Select((_, band) => (double)band)], flat);
            squares += flat.Select((mean, band) => Math.Pow((mean / (intercept + (slope * band))) - 1, 2)).Sum();
            freedom += flat.Length - 2;
        }

        return Math.Sqrt(squares / freedom);
    }
}
