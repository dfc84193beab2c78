using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Sweeps;

/// <summary>What users change about the sweep on its way.</summary>
internal sealed partial class SweepGrain
{
    /// <inheritdoc />
    public async Task<ControlResult> SetLimitsAsync(LimitsSpec limits, string by, SharingSpec? sharing)
    {
        SweepSpec spec = Existing().Spec;
        string what = string.Join(
            ", ", SpecDifference.Between(spec, spec with { Limits = limits, Sharing = sharing ?? spec.Sharing }).Select(difference => difference.ToString()));
        return await ChangeAsync(new SweepEvent.LimitsSet(limits, what, by, clock.GetUtcNow(), sharing), what);
    }

    /// <inheritdoc />
    public async Task<ControlResult> ExtendAsync(int trials, int seeds, string by)
    {
        string[] parts = [.. trials > 0 ? [SpecChanges.Count(trials, "configuration")] : Array.Empty<string>(), .. seeds > 0 ? [SpecChanges.Count(seeds, "seed")] : Array.Empty<string>()];
        string what = string.Join(" and ", parts);
        return await ChangeAsync(new SweepEvent.Extended(trials, seeds, what, by, clock.GetUtcNow()), $"extended by {what}");
    }

    /// <inheritdoc />
    public async Task<ControlResult> EnqueueAsync(Configuration configuration, int seeds, string by)
    {
        int first = Existing().Trials.Count + 1;
        ControlResult result = await ChangeAsync(
            new SweepEvent.Enqueued(configuration, seeds, by, clock.GetUtcNow()), $"{configuration} is in front of the queue");
        IEnumerable<string> names = Existing().Trials.Skip(first - 1).Select(trial => new JobKey(Name, JobKind.Trial, trial.Record.Number).ShortName);
        return result.Done ? result with { Message = $"{string.Join(", ", names)}: {result.Message}" } : result;
    }

    private async Task<ControlResult> ChangeAsync(SweepEvent change, string done)
    {
        await RecoverAsync();
        SweepState before = Existing();
        if (ChangeRules.Refusal(before, change) is { } refusal)
        {
            return new ControlResult(false, refusal);
        }

        if (!_takenUp && before.AtWork)
        {
            await AdvanceAsync(new SweepEvent.Activated(clock.GetUtcNow())); // the time that nobody worked on it does not count
        }

        ControlResult result = await ControlAsync(change, done, _ => "there is nothing to add: its strategy has no other trial");
        bool alone = result.Done && !_takenUp && Existing().Status == SweepStatus.Running;
        return alone
            ? result with { Message = $"{result.Message}; nobody works on it now: `sweeper watch {Name}` goes on with it, on a cluster `sweeper resume {Name}`" }
            : result;
    }
}
