using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;

namespace Sweeper.Contracts.Sweeps;

/// <summary>What a search took over from earlier sweeps when it was submitted. It needs them no more after that.</summary>
/// <param name="Sources">Sweeps that were looked at, in order.</param>
/// <param name="Results">What was taken, the best of each sweep first.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.WarmStart")]
public sealed record WarmStart(ImmutableArray<WarmSource> Sources, ImmutableArray<PriorResult> Results)
{
    /// <summary>Sweeps that are named in a line for a person; the others are counted.</summary>
    private const int MostNamed = 3;

    /// <summary>One line for a person: how much was taken, from where, and what was not.</summary>
    [JsonIgnore]
    public string Words
    {
        get
        {
            ImmutableArray<WarmSource> taken = [.. Sources.Where(source => source.Taken > 0)];
            string left = string.Join("; ", Sources.Where(source => source.Left is not null).Take(MostNamed).Select(source => $"{source.Sweep}: {source.Left}"));
            string from = string.Join(", ", taken.Take(MostNamed).Select(source => string.Create(CultureInfo.InvariantCulture, $"{source.Taken} of {source.Sweep}")))
                + (taken.Length > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and of {taken.Length - MostNamed} more") : "");
            string words = taken.IsEmpty
                ? Sources.IsEmpty ? "no finished sweep of this model family and data set is in the store; the search begins without" : "nothing of earlier sweeps could be taken; the search begins without"
                : string.Create(CultureInfo.InvariantCulture, $"begins with {Results.Length} {(Results.Length == 1 ? "result" : "results")} of earlier sweeps: {from}");
            return left.Length == 0 ? words : $"{words} ({left})";
        }
    }
}

/// <summary>A sweep that a search looked at for its warm start.</summary>
/// <param name="Sweep">Its name.</param>
/// <param name="Usable">Its configurations with a result that lie in the space.</param>
/// <param name="Taken">How many of these were taken.</param>
/// <param name="Left">Why it has others, or why nothing of it was taken; null: there is nothing to say.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.WarmSource")]
public sealed record WarmSource(string Sweep, int Usable, int Taken, string? Left = null);

/// <summary>A result of an earlier sweep.</summary>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="Trial">Number of the trial; with several seeds, of the first.</param>
/// <param name="Configuration">What was trained.</param>
/// <param name="Share">Its learning rate over the largest that the range test of its cell found, or that those of other cells predict; null where there was none.</param>
/// <param name="Accuracy">Accuracy at the end of its longest run, mean over seeds; fraction.</param>
/// <param name="Standing">How that stands among its sweep's results, in standard deviations above their mean; results of shorter runs first get what others gained on average by a longer one.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.PriorResult")]
public sealed record PriorResult(string Sweep, int Trial, Configuration Configuration, double? Share, double Accuracy, double Standing)
{
    /// <summary>Where it comes from, for a person: <c>sweep x (T-0007, 91.2 %)</c>.</summary>
    [JsonIgnore]
    public string Words => string.Create(
        CultureInfo.InvariantCulture, $"sweep {Sweep} ({new JobKey(Sweep, JobKind.Trial, Trial).ShortName}, {Accuracy:0.00%})");
}

/// <summary>What a spec would take from earlier sweeps.</summary>
/// <param name="Start">What; null: the spec asks for nothing, or for something that is refused.</param>
/// <param name="Problems">Every reason for a refusal; empty otherwise.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.WarmStartFindings")]
public sealed record WarmStartFindings(WarmStart? Start, ImmutableArray<SpecProblem> Problems);
