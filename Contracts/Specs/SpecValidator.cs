using System.Collections.Immutable;
using Sweeper.Contracts.Specs.Fields;
using Sweeper.Contracts.Specs.Rules;

namespace Sweeper.Contracts.Specs;

/// <summary>Checks specs, whether they were read from a file or arrived over the wire.</summary>
public static class SpecValidator
{
    private static readonly ImmutableArray<SpecRule> Rules = [.. NameRules.All, .. TrainerRules.All, .. TrainingRules.All, .. ConditionRules.All, .. SearchRules.All];

    /// <summary>Every problem of a spec; empty: it can be run.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="names">Names of models and data sets; null: <see cref="KnownNames.BuiltIn"/>.</param>
    public static ImmutableArray<SpecProblem> Validate(SweepSpec spec, KnownNames? names = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ImmutableArray<SpecProblem> holes = Holes(spec);
        if (holes.Length > 0)
        {
            return holes;
        }

        var problems = ImmutableArray.CreateBuilder<SpecProblem>();
        Check(spec, names ?? KnownNames.BuiltIn, path => problems.Any(problem => Within(problem.Path, path)), problems.Add);
        if (!Enum.IsDefined(spec.Purpose))
        {
            problems.Add(new SpecProblem("purpose", spec.Purpose.ToString(), $"must be one of {string.Join(", ", Enum.GetNames<SweepPurpose>())}"));
        }

        problems.AddRange(RepeatRules.Check(spec));
        return problems.ToImmutable();
    }

    /// <summary>Runs every check whose fields are sound.</summary>
    /// <param name="spec">A spec without holes.</param>
    /// <param name="names">Names of models and data sets.</param>
    /// <param name="faulty">Whether a problem was reported at or below a path.</param>
    /// <param name="report">Takes a problem.</param>
    internal static void Check(SweepSpec spec, KnownNames names, Func<string, bool> faulty, Action<SpecProblem> report)
    {
        foreach (SpecField field in SpecTable.Fields.Where(field => !faulty(field.Path) && !field.IsReplaced(spec) && !spec.HasNo(field)))
        {
            foreach (SpecProblem problem in field.Check(spec))
            {
                report(problem);
            }
        }

        foreach (SpecRule rule in Rules.Where(rule => !rule.Fields.Any(field => faulty(field.Path))))
        {
            foreach (SpecProblem problem in rule.Check(spec, names))
            {
                report(problem);
            }
        }
    }

    /// <summary>Parts that are missing altogether: types cannot rule that out on the wire.</summary>
    private static ImmutableArray<SpecProblem> Holes(SweepSpec spec)
    {
        (string Path, object? Part)[] parts =
        [
            ("data", spec.Data), ("model", spec.Model), ("training", spec.Training),
            ("training.schedule", spec.Training?.Schedule), ("training.optimizer", spec.Training?.Optimizer),
            ("range_test", spec.RangeTest), ("search", spec.Search), ("limits", spec.Limits),
        ];
        return [.. parts.Where(part => part.Part is null).Select(part => new SpecProblem(part.Path, null, "is missing"))];
    }

    private static bool Within(string path, string outer) =>
        path.StartsWith(outer, StringComparison.Ordinal) && (path.Length == outer.Length || path[outer.Length] is '.' or '[');
}
