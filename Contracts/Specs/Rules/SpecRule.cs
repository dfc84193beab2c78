using System.Collections.Immutable;
using Sweeper.Contracts.Specs.Fields;

namespace Sweeper.Contracts.Specs.Rules;

/// <summary>Something that must hold between fields.</summary>
/// <param name="Fields">Fields that the rule reads; it is left out while one of them is faulty by itself.</param>
/// <param name="Check">Problems of a spec, given the names that are known.</param>
internal sealed record SpecRule(
    ImmutableArray<SpecField> Fields,
    Func<SweepSpec, KnownNames, IEnumerable<SpecProblem>> Check)
{
    /// <summary>A rule with at most one problem.</summary>
    public static SpecRule Of(ImmutableArray<SpecField> fields, Func<SweepSpec, SpecProblem?> check) =>
        new(fields, (spec, _) => check(spec) is { } problem ? [problem] : []);
}
