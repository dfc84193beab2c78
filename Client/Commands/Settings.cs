using System.Collections.Immutable;
using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Commands;

/// <summary>Settings on a command line, <c>key=value</c>, read as a spec file's are.</summary>
internal static class Settings
{
    /// <summary>Splits them.</summary>
    /// <param name="texts">As typed.</param>
    /// <param name="complaint">What is wrong with a key; null where nothing is.</param>
    /// <exception cref="CliException">Some cannot be taken: every problem.</exception>
    public static ImmutableArray<(string Path, string Value)> Read(IEnumerable<string> texts, Func<string, string?> complaint)
    {
        var settings = ImmutableArray.CreateBuilder<(string, string)>();
        var problems = new List<SpecProblem>();
        foreach (string text in texts)
        {
            string[] parts = text.Split('=', 2);
            string? problem = parts.Length < 2 || parts[0].Length == 0 || parts[1].Length == 0
                ? "must be written as KEY=VALUE"
                : complaint(parts[0]) ?? (settings.Any(setting => setting.Item1 == parts[0]) ? "is given twice" : null);
            if (problem is null)
            {
                settings.Add((parts[0], parts[1]));
            }
            else
            {
                problems.Add(new SpecProblem(parts[0], null, problem));
            }
        }

        return problems.Count == 0 ? settings.ToImmutable() : throw CliException.Of("The command line", problems);
    }

    /// <summary>A spec with settings in place of its own, checked as a whole.</summary>
    /// <param name="spec">Spec.</param>
    /// <param name="settings">Paths with values.</param>
    /// <param name="what">What is checked, for the message.</param>
    /// <param name="more">Problems that are known already.</param>
    /// <exception cref="CliException">Something is wrong: every problem.</exception>
    public static SweepSpec Apply(
        SweepSpec spec, IEnumerable<(string Path, string Value)> settings, string what, params IEnumerable<SpecProblem> more)
    {
        SpecReading reading = SpecReader.Read(SpecYaml.Write(spec), settings: settings);
        SpecProblem[] problems = [.. more, .. reading.Problems.Select(problem => problem with { Line = 0 })]; // the text has lines that nobody wrote
        return problems.Length == 0 && reading.Spec is { } read ? read : throw CliException.Of(what, problems);
    }
}
