using System.Globalization;

namespace Sweeper.Contracts.Jobs;

/// <summary>Identity of a job within the whole store: the same key is the same piece of work, however often it is attempted.</summary>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="Kind">What the job does.</param>
/// <param name="Number">Number within sweep and kind, from 1.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.JobKey")]
public readonly record struct JobKey(string Sweep, JobKind Kind, int Number)
{
    /// <summary>Short name within the sweep: <c>R-003</c> for a range test, <c>T-0012</c> for a trial.</summary>
    public string ShortName => Kind == JobKind.RangeTest
        ? string.Create(CultureInfo.InvariantCulture, $"R-{Number:000}")
        : string.Create(CultureInfo.InvariantCulture, $"T-{Number:0000}");

    /// <summary>Sweep and short name.</summary>
    public override string ToString() => $"{Sweep}/{ShortName}";
}

/// <summary>What a job does.</summary>
public enum JobKind
{
    /// <summary>LR range test of one cell.</summary>
    RangeTest,

    /// <summary>One training run.</summary>
    Trial,
}
