using System.Collections.Immutable;

namespace Sweeper.Grains.Planning;

/// <summary>What a strategy adds to a sweep on its way: cells and trials, ready to start, numbered on from those that there are.</summary>
/// <param name="Cells">New cells.</param>
/// <param name="Trials">New trials.</param>
internal sealed record Additions(ImmutableArray<CellState> Cells, ImmutableArray<TrialState> Trials)
{
    /// <summary>Nothing.</summary>
    public static Additions None { get; } = new([], []);

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => Cells.IsEmpty && Trials.IsEmpty;
}
