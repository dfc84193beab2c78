using System.Text.Json.Serialization;
using Sweeper.Contracts.Specs;

namespace Sweeper.Contracts.Jobs;

/// <summary>What a finished trial reached on one set of images, beside accuracy.</summary>
/// <param name="LogLoss">Mean negative logarithm of the probability of the right class, nats.</param>
/// <param name="Top5Accuracy">Fraction whose class is among the five likeliest; null with five classes or fewer.</param>
/// <param name="BalancedAccuracy">Mean over the classes that the set has of the fraction classified rightly.</param>
/// <param name="MacroF1">Mean F1 over the classes that the set has or the network named.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.ClassMetrics")]
public sealed record ClassMetrics(
    double LogLoss,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Top5Accuracy,
    double BalancedAccuracy,
    double MacroF1)
{
    /// <summary>One of them; null for accuracy, which stands beside them, and for what there is not.</summary>
    /// <param name="metric">Which.</param>
    public double? Of(Metric metric) => metric switch
    {
        Metric.Top5Accuracy => Top5Accuracy,
        Metric.BalancedAccuracy => BalancedAccuracy,
        Metric.MacroF1 => MacroF1,
        Metric.LogLoss => LogLoss,
        _ => null,
    };

    /// <summary>Mean of several, each its own mean; null where one is missing.</summary>
    /// <param name="all">Metrics of replicates.</param>
    public static ClassMetrics? Mean(IReadOnlyCollection<ClassMetrics?> all)
    {
        ClassMetrics[] known = [.. all.OfType<ClassMetrics>()];
        return known.Length == 0 || known.Length < all.Count ? null : new ClassMetrics(
            known.Average(one => one.LogLoss),
            known.All(one => one.Top5Accuracy is not null) ? known.Average(one => one.Top5Accuracy) : null,
            known.Average(one => one.BalancedAccuracy),
            known.Average(one => one.MacroF1));
    }
}
