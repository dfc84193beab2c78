namespace Sweeper.Plugins;

/// <summary>
/// A metric of your own: the more, the better. A public class with a public constructor without parameters, marked with
/// <see cref="MetricAttribute"/>; it keeps nothing between two calls. The whole contract: docs/own-metric.md.
/// </summary>
public interface IMetric
{
    /// <summary>Measures a network by its answers to held-out data, at the end of a trial. A finite number; of an error its negative.</summary>
    /// <param name="answers">What it answered, and what would have been right.</param>
    double Of(Answers answers);
}

/// <summary>Names a metric: what stands behind the slash in <c>training.metrics: [PLUGIN/NAME]</c>.</summary>
/// <param name="name">Lower-case letters, digits, <c>-</c> and <c>_</c>, such as <c>kappa</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class MetricAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}
