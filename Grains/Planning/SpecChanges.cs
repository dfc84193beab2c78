using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning;

/// <summary>What changes of a sweep on its way make of its spec.</summary>
internal static class SpecChanges
{
    /// <summary>The spec after an event; the very same one after most.</summary>
    public static SweepSpec Apply(SweepSpec spec, SweepEvent change) => change switch
    {
        SweepEvent.Submitted { Batch: { } batch } => spec with { Search = spec.Search.WithLargestBatch(batch.Largest) },
        SweepEvent.LimitsSet set => spec with { Limits = set.Limits, Sharing = set.Sharing ?? spec.Sharing },
        SweepEvent.Extended extended => spec with
        {
            Search = spec.Search with { Trials = spec.Search.Trials + extended.Trials, Seeds = spec.Search.Seeds + extended.Seeds },
        },
        _ => spec,
    };

    /// <summary>A change in words; null for events that are none.</summary>
    public static string? Words(SweepEvent change) => change switch
    {
        SweepEvent.Submitted { Generation: { } generation, Batch: { } batch } => $"{Of(generation)}; {batch.Words()}",
        SweepEvent.Submitted { Generation: { } generation } => Of(generation),
        SweepEvent.Submitted { Batch: { } batch } => batch.Words(),
        SweepEvent.LimitsSet set => $"{set.What}, by {set.By}",
        SweepEvent.Extended extended => $"extended by {extended.What}, by {extended.By}",
        SweepEvent.Enqueued enqueued => $"{enqueued.Configuration}, {Count(enqueued.Seeds, "seed")}, put in front of the queue by {enqueued.By}",
        _ => null,
    };

    /// <summary>Names of the events that <see cref="Words"/> has words for, as they are stored.</summary>
    public static readonly IReadOnlyList<string> Kinds =
        [nameof(SweepEvent.Submitted), nameof(SweepEvent.LimitsSet), nameof(SweepEvent.Extended), nameof(SweepEvent.Enqueued)];

    private static string Of(SweepGeneration generation) => $"generation {generation.Number} of {generation.Of}: {generation.Changes}";

    /// <summary><c>1 seed</c>, <c>2 seeds</c>.</summary>
    public static string Count(int number, string name) => FormattableString.Invariant($"{number} {name}{(number == 1 ? "" : "s")}");
}
