using System.Collections.Immutable;

namespace Sweeper.Contracts.Specs;

/// <summary>Result of reading a spec.</summary>
/// <param name="Spec">The spec; null exactly where there are problems.</param>
/// <param name="Problems">Everything that is wrong, by line.</param>
public sealed record SpecReading(SweepSpec? Spec, ImmutableArray<SpecProblem> Problems);
