using System.Collections.Immutable;

namespace Sweeper.Grains.Analysis.Racing;

/// <summary>A leader that is still in the race.</summary>
/// <param name="Id">Whatever the caller knows it by.</param>
/// <param name="Accuracies">Accuracy by seed; fractions in [0, 1].</param>
internal sealed record Racer(int Id, ImmutableDictionary<int, double> Accuracies);
