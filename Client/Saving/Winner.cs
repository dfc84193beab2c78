using Sweeper.Client.Reporting;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Saving;

/// <summary>The trial of a sweep whose network is saved: of the best configuration's replicates the best one by what the sweep ranks by.</summary>
/// <param name="Results">The sweep.</param>
/// <param name="Row">The best configuration.</param>
/// <param name="Trial">The trial; it has a score and a run.</param>
internal sealed record Winner(SweepResults Results, LeaderboardRow Row, TrialRecord Trial)
{
    private const string Suffix = "-weights";
    private const int LongestName = 60;

    /// <summary>Short name of the trial.</summary>
    public string TrialName => new JobKey(Results.Summary.Name, JobKind.Trial, Trial.Number).ShortName;

    /// <summary>Finished replicates of the configuration, by number.</summary>
    public IEnumerable<TrialRecord> Replicates => Results.Trials.Where(trial => Row.Trials.Contains(trial.Number)).OrderBy(trial => trial.Number);

    /// <summary>The winner of a sweep.</summary>
    /// <exception cref="CliException">No trial has completed, or its weights cannot be trained again.</exception>
    public static Winner Of(SweepResults results)
    {
        string sweep = results.Summary.Name;
        if (results.Spec.Trainer is { } trainer)
        {
            throw new CliException(
                ExitCode.BadInput, $"`{trainer.CommandLine}` keeps its weights to itself: have it save them, at the last step of a trial, in a folder that is not the one of its checkpoints.");
        }

        LeaderboardRow row = SweepReport.Best(results)
            ?? throw new CliException(ExitCode.Failed, SweepReport.NoBest(results));
        TrialRecord trial = results.Trials
            .Where(trial => row.Trials.Contains(trial.Number) && trial is { Score: not null, Run: not null })
            .OrderByDescending(trial => trial.Score!.Merit(results.Spec.Search.Ranking))
            .ThenBy(trial => trial.Number)
            .FirstOrDefault() ?? throw new CliException(ExitCode.Failed, $"The best trials of '{sweep}' have no record of how they ran.");
        var winner = new Winner(results, row, trial);
        return trial.Plan?.Lineage?.WeightsFrom is { } from
            ? throw new CliException(
                ExitCode.BadInput,
                $"{winner.TrialName} of '{sweep}' went on from the weights of {new JobKey(sweep, JobKind.Trial, from).ShortName}, which are gone: a population's network cannot be trained again alone. `sweeper best {sweep}` prints the spec of its last values.")
            : winner;
    }

    /// <summary>A sweep of that one trial, run for its weights.</summary>
    public SweepSpec ToRunAgain()
    {
        SweepSpec spec = Results.Spec;
        Configuration at = Trial.Configuration;
        return spec with
        {
            Name = spec.Name[..Math.Min(spec.Name.Length, LongestName - Suffix.Length)] + Suffix,
            Purpose = SweepPurpose.Weights,
            Repeat = new TrialRepeat(at, Trial.Replicate, Trial.Seed, Trial.Plan is { } plan ? plan with { Lineage = null } : null),
            Limits = new LimitsSpec(Attempts: spec.Limits.Attempts, NoProgress: spec.Limits.NoProgress),
            Search = spec.Search with
            {
                Strategy = SearchStrategy.Grid,
                Trials = 1,
                Seeds = 1,
                Baseline = BaselineMode.None,
                Reuse = false,
                Stopping = null,
                WarmStart = null,
                Population = null,
                MaxLearningRate = new AxisSpec.Values([at.MaxLearningRate]),
                BatchSize = new AxisSpec.Values([at.BatchSize]),
                WeightDecay = new AxisSpec.Values([at.WeightDecay]),
                Dropout = new AxisSpec.Values([at.Dropout]),
            },
        };
    }
}
