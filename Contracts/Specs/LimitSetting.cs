using System.Collections.Immutable;
using Sweeper.Contracts.Specs.Fields;

namespace Sweeper.Contracts.Specs;

/// <summary>A limit of a sweep as a user writes it.</summary>
/// <param name="Path">Path in a spec, such as <c>limits.wall_time</c>.</param>
/// <param name="Value">Its value, such as <c>2h</c> or <c>none</c>.</param>
/// <param name="Description">What it is, in a sentence or two.</param>
public sealed record LimitSetting(string Path, string Value, string Description)
{
    /// <summary>What every path begins with.</summary>
    public const string Prefix = "limits.";

    /// <summary>Every limit of a spec.</summary>
    public static ImmutableArray<LimitSetting> Of(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return [.. LimitFields.Section.Fields.Select(field => new LimitSetting(field.Path, field.Write(spec), field.Doc))];
    }

    /// <summary>Limits with some of them set anew.</summary>
    /// <param name="spec">Spec of the sweep.</param>
    /// <param name="settings">Paths with values, as <c>sweeper set</c> takes them.</param>
    /// <returns>The limits, or every problem.</returns>
    public static (LimitsSpec? Limits, ImmutableArray<SpecProblem> Problems) Apply(SweepSpec spec, IReadOnlyDictionary<string, string> settings)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(settings);
        ImmutableArray<SpecProblem> wrong =
        [
            .. settings.Keys.Where(path => !path.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(path => new SpecProblem(path, null, $"is no limit; limits are {string.Join(", ", LimitFields.Section.Fields.Select(field => field.Path))}")),
        ];
        if (!wrong.IsEmpty)
        {
            return (null, wrong);
        }

        SpecReading reading = SpecReader.Read(SpecYaml.Write(spec), settings: settings.Select(setting => (setting.Key, setting.Value)));
        return reading is { Spec: { } read, Problems.IsEmpty: true }
            ? (read.Limits, [])
            : (null, [.. reading.Problems.Select(problem => problem with { Line = 0 })]); // the text has lines that nobody wrote
    }
}
