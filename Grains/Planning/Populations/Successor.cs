using Sweeper.Grains.Planning.Samplers;

namespace Sweeper.Grains.Planning.Populations;

/// <summary>A run that a population wants next.</summary>
/// <param name="Member">Place in the population, from 1.</param>
/// <param name="Point">Hyperparameters.</param>
/// <param name="From">Run whose weights it goes on from; null: fresh ones.</param>
/// <param name="Why">Reason, for a person.</param>
internal sealed record Successor(int Member, Point Point, TrialState? From, string Why);
