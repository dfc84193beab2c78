using System.Collections.Immutable;
using Sweeper.Plugins;

namespace Sweeper.Training.OwnModels;

/// <summary>Tries a metric of a user's own on random answers, some of them right.</summary>
internal static class MetricTrial
{
    private const int FewestAnswers = 16;

    /// <summary>Tries it.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="classes">Names of the classes; none where numbers are predicted.</param>
    /// <exception cref="OwnModelException">Its code failed, gave no finite number, or two numbers for the same answers.</exception>
    public static void Try(OwnMetric metric, ImmutableArray<string> classes)
    {
        ImmutableArray<string> names = classes.IsDefault ? [] : classes;
        int width = Math.Max(1, names.Length);
        int count = Math.Max(FewestAnswers, 2 * width);
        var random = new Random(1);
        float[] outputs = [.. Enumerable.Range(0, count * width).Select(_ => (float)((2 * random.NextDouble()) - 1))];
        float[] right = [.. Enumerable.Range(0, count).Select(i => names.Length > 0 ? i % names.Length : (float)random.NextDouble())];
        double first = metric.Of(new Answers(names, outputs, right));
        double second = metric.Of(new Answers(names, outputs, right));
        if (!first.Equals(second))
        {
            throw new OwnModelException(FormattableString.Invariant(
                $"metric {metric.Origin}/{metric.Name} is {first} and then {second} for the same answers: it must follow from them alone"));
        }
    }
}
