using System.Collections.Immutable;

namespace Sweeper.Contracts.Specs;

/// <summary>How much each class counts in the loss that is trained on.</summary>
/// <param name="Given">Weights of classes by their names, in the order of the names; a class that is not named weighs 1. Empty: balanced, the rarer the more.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.ClassWeightsSpec")]
public sealed record ClassWeightsSpec(ImmutableArray<ClassWeight> Given)
{
    /// <summary>Each class by the inverse of its share of the training images.</summary>
    public static ClassWeightsSpec Balanced { get; } = new([]);

    /// <summary>Whether both say the same; an immutable array alone compares by reference.</summary>
    public bool Equals(ClassWeightsSpec? other) => other is not null && Given.AsSpan().SequenceEqual(other.Given.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Given.Aggregate(Given.Length, HashCode.Combine);
}

/// <summary>Weight of a class.</summary>
/// <param name="Name">Name of the class.</param>
/// <param name="Weight">Greater than 0.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.ClassWeight")]
public sealed record ClassWeight(string Name, double Weight);
