using System.Collections.Immutable;
using Sweeper.Contracts.Specs.Fields;

namespace Sweeper.Contracts.Specs;

/// <summary>A setting that may change while a sweep is on its way, as a user writes it: a limit, or a part of how it shares the devices.</summary>
/// <param name="Path">Path in a spec, such as <c>limits.wall_time</c> or <c>sharing.priority</c>.</param>
/// <param name="Value">Its value, such as <c>2h</c> or <c>none</c>.</param>
/// <param name="Description">What it is, in a sentence or two.</param>
public sealed record LimitSetting(string Path, string Value, string Description)
{
    private static readonly ImmutableArray<SpecField> Fields = [.. LimitFields.Section.Fields, .. SharingFields.Section.Fields];

    /// <summary>Whether a path is one of a setting that may change.</summary>
    public static bool IsOne(string path) => Fields.Any(field => field.Path == path);

    /// <summary>Every such setting of a spec.</summary>
    public static ImmutableArray<LimitSetting> Of(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return [.. Fields.Select(field => new LimitSetting(field.Path, field.Write(spec), field.Doc))];
    }

    /// <summary>A spec with some of them set anew.</summary>
    /// <param name="spec">Spec of the sweep.</param>
    /// <param name="settings">Paths with values, as <c>sweeper set</c> takes them.</param>
    /// <returns>The spec, or every problem.</returns>
    public static (SweepSpec? Spec, ImmutableArray<SpecProblem> Problems) Apply(SweepSpec spec, IReadOnlyDictionary<string, string> settings)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(settings);
        ImmutableArray<SpecProblem> wrong =
        [
            .. settings.Keys.Where(path => !IsOne(path))
                .Select(path => new SpecProblem(path, null, $"is no limit and no part of sharing; these are {string.Join(", ", Fields.Select(field => field.Path))}")),
        ];
        if (!wrong.IsEmpty)
        {
            return (null, wrong);
        }

        SpecReading reading = SpecReader.Read(SpecYaml.Write(spec), settings: settings.Select(setting => (setting.Key, setting.Value)));
        return reading is { Spec: { } read, Problems.IsEmpty: true }
            ? (read, [])
            : (null, [.. reading.Problems.Select(problem => problem with { Line = 0 })]); // the text has lines that nobody wrote
    }
}
