using System.Collections.Immutable;
using Sweeper.Training.Data;

namespace Sweeper.Training.Running;

/// <summary>What training does to images and targets of a batch beyond augmentation; evaluations know nothing of it.</summary>
/// <param name="Mixup">Alpha of mixup; 0: off.</param>
/// <param name="Cutmix">Alpha of cutmix; 0: off.</param>
/// <param name="Weights">How much each class counts; null: all the same.</param>
public sealed record TargetOptions(double Mixup = 0, double Cutmix = 0, ClassWeighting? Weights = null)
{
    /// <summary>Nothing.</summary>
    public static TargetOptions None { get; } = new();

    /// <summary>Whether images of a batch are mixed.</summary>
    public bool Mixes => Mixup > 0 || Cutmix > 0;

    /// <summary>Why it cannot be; empty: it can.</summary>
    /// <param name="isRow">Whether what is trained on are rows of a table.</param>
    /// <param name="task">What is learned.</param>
    internal IEnumerable<string> Check(bool isRow, LearningTask task)
    {
        foreach ((string name, double alpha) in new[] { ("mixup", Mixup), ("cutmix", Cutmix) })
        {
            if (!(alpha >= 0 && double.IsFinite(alpha)))
            {
                yield return FormattableString.Invariant($"the alpha of {name} is {alpha}; it must be at least 0");
            }
        }

        if (isRow && Cutmix > 0)
        {
            yield return "cutmix is for images, and the rows of a table have no rectangle to paste";
        }

        if (task.IsRegression && Weights is not null)
        {
            yield return "class weights are for classes, and what is learned is a number";
        }

        foreach ((string name, double weight) in Weights?.Given.AsEnumerable() ?? [])
        {
            if (!(weight > 0 && double.IsFinite(weight)))
            {
                yield return FormattableString.Invariant($"the weight of class {name} is {weight}; it must be greater than 0");
            }
        }
    }
}

/// <summary>How much each class counts in the loss.</summary>
/// <param name="Given">Weights by the names of classes; 1 for the others. Empty: balanced, by the inverse of a class' share of the training images.</param>
public sealed record ClassWeighting(ImmutableArray<(string Class, double Weight)> Given)
{
    /// <summary>Weight of every class.</summary>
    /// <param name="classes">Names of the classes, in label order.</param>
    /// <param name="labels">Labels of what is trained on.</param>
    /// <exception cref="ArgumentException">A class is not among them.</exception>
    public double[] Of(IReadOnlyList<string> classes, IEnumerable<int> labels)
    {
        ArgumentNullException.ThrowIfNull(classes);
        double[] weights = [.. Enumerable.Repeat(1.0, classes.Count)];
        if (Given.IsEmpty)
        {
            int[] counts = new int[classes.Count];
            foreach (int label in labels)
            {
                counts[label]++;
            }

            double mean = (double)counts.Sum() / counts.Count(count => count > 0);
            return [.. counts.Select(count => count > 0 ? mean / count : 1)];
        }

        foreach ((string name, double weight) in Given)
        {
            int place = classes.ToList().IndexOf(name);
            weights[place >= 0 ? place : throw new ArgumentException($"there is no class '{name}' to weigh", nameof(classes))] = weight;
        }

        return weights;
    }

    /// <summary>Whether both say the same; an immutable array alone compares by reference.</summary>
    public bool Equals(ClassWeighting? other) => other is not null && Given.AsSpan().SequenceEqual(other.Given.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Given.Aggregate(Given.Length, HashCode.Combine);

    /// <summary>For the fingerprint of a run.</summary>
    public override string ToString() => Given.IsEmpty
        ? "balanced"
        : string.Join(", ", Given.Select(one => FormattableString.Invariant($"{one.Class.Length}:{one.Class} {one.Weight:R}")));
}
