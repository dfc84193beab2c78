using System.Collections.Immutable;

namespace Sweeper.Grains.Planning.Stopping.Replaying;

/// <summary>What a <see cref="ReplayStudy"/> came to.</summary>
/// <param name="Rows">One for each policy.</param>
/// <param name="Audited">False stops among the audited trials of the same-phase rule, all replays together.</param>
/// <param name="Stopped">The same among those that it did stop: known because the recording goes on, never in a real sweep.</param>
/// <param name="Correlations">One for each pair of neighbouring rungs, from the lowest.</param>
internal sealed record StudyResult(
    ImmutableArray<StudyRow> Rows,
    FalseStopRate Audited,
    FalseStopRate Stopped,
    ImmutableArray<StudyCorrelation> Correlations)
{
    /// <summary>Row of a policy.</summary>
    public StudyRow this[string policy] => Rows.Single(row => row.Policy == policy);
}

/// <summary>One policy over all replays.</summary>
/// <param name="Policy">Its name.</param>
/// <param name="Replays">Replays.</param>
/// <param name="Kept">Replays in which the best configuration of the pool was trained to the end.</param>
/// <param name="Near">Replays that found an accuracy within <see cref="StudyTally.Near"/> of it.</param>
/// <param name="Regret">Mean of the best accuracy in the pool less the best found.</param>
/// <param name="Regret95">Its 95th percentile.</param>
/// <param name="Cost">Mean work, in full trainings.</param>
/// <param name="Time">Mean time to the end of the search, in full trainings on one worker.</param>
internal sealed record StudyRow(
    string Policy, int Replays, int Kept, int Near, double Regret, double Regret95, double Cost, double Time);

/// <summary>Rank correlation between a rung and the next, as the searches saw it at their end.</summary>
/// <param name="Lower">The lower rung.</param>
/// <param name="Rho">Mean of the correlations; null where none had enough pairs.</param>
/// <param name="LowerBound">Mean of their lower bounds; null with it.</param>
/// <param name="Known">Replays that ended with enough pairs to switch by.</param>
/// <param name="SwitchedOff">Replays that ended with halving off between the two.</param>
/// <param name="Replays">Replays.</param>
internal sealed record StudyCorrelation(int Lower, double? Rho, double? LowerBound, int Known, int SwitchedOff, int Replays);
