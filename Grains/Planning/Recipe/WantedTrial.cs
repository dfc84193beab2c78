using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning.Recipe;

/// <summary>A trial that the recipe needs a result of.</summary>
/// <param name="Configuration">Point of the space.</param>
/// <param name="Plan">How it trains, what it is for, and why.</param>
/// <param name="Replicate">Replicate, from 1.</param>
internal sealed record WantedTrial(Configuration Configuration, TrialPlan Plan, int Replicate = 1)
{
    /// <summary>Batch size, weight decay and dropout.</summary>
    public CellKey Cell => new(Configuration.BatchSize, Configuration.WeightDecay, Configuration.Dropout);

    /// <summary>Whether a trial gives the very result that is wanted, whatever it was placed for.</summary>
    public bool IsServedBy(TrialRecord trial) =>
        trial.Replicate == Replicate
        && trial.Configuration == Configuration
        && trial.Plan is { } plan
        && plan.Epochs.Equals(Plan.Epochs)
        && plan.Schedule == Plan.Schedule;
}
