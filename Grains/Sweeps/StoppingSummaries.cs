using System.Collections.Immutable;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning.Recipe;
using Sweeper.Grains.Planning.Sampling;
using Sweeper.Grains.Planning.Stopping;

namespace Sweeper.Grains.Sweeps;

/// <summary>Sums up early stopping and the lengths of cycles from stored trials.</summary>
internal static class StoppingSummaries
{
    /// <summary>The summary; null where there is nothing to say: no rule, nothing stopped, one length.</summary>
    public static StoppingSummary? Of(SweepSpec spec, ImmutableArray<TrialRecord> trials)
    {
        ImmutableArray<TrialRecord> candidates = [.. trials.Where(trial => trial is { Role: TrialRole.Candidate, Plan.Rung: not null })];
        CycleLadder? ladder = Ladder(spec, trials);
        ImmutableArray<CycleLength> lengths =
        [
            .. candidates
                .GroupBy(trial => trial.Plan!.Rung!.Value) // filtered by both
                .OrderBy(group => group.Key)
                .Select(group => Length(spec, group.Key, [.. group], ladder)),
        ];
        ImmutableArray<TrialRecord> stopped = [.. trials.Where(trial => trial.Outcome is JobOutcome.StoppedEarly)];
        if (spec.Search.StoppingRule == StoppingRule.None && stopped.IsEmpty && lengths.Length < 2)
        {
            return null;
        }

        var frontier = CycleFrontier.Of(
            [
                .. lengths.Where(length => length.BestTrial is not null).Select(length => new FrontierPoint(
                    length.Epochs, length.Finished, length.BestTrial!.Value, length.BestAccuracy!.Value)), // filtered by it; both or none
            ],
            CycleHyperbandSettings.DefaultEpsilon);
        return new StoppingSummary(
            spec.Search.StoppingRule.Word(),
            stopped.Length,
            stopped.Count(trial => trial.Outcome is JobOutcome.StoppedEarly { Evidence.Rule: TrialJudge.Safety }),
            stopped.Sum(trial => Math.Max(0, ((trial.Plan?.Epochs ?? spec.Training.Epochs) * spec.Training.CostFactor) - (trial.Run?.Epochs ?? 0))),
            trials.Sum(trial => trial.Run?.Epochs ?? 0),
            spec.Search.StoppingRule == StoppingRule.SamePhase ? Audits(trials) : null,
            lengths.Length < 2 ? [] : lengths,
            lengths.Length < 2 ? null : frontier.Shortest?.Epochs,
            CycleHyperbandSettings.DefaultEpsilon,
            spec.Search.Stopping is { Keep: RungKeep.Hopeful } && ladder is not null ? Cut(ladder.Table.Cut, candidates) : null);
    }

    private static ShortCycleCut Cut(RungCut cut, ImmutableArray<TrialRecord> candidates) => new(
        cut.Pairs,
        cut.Good,
        cut.Floor,
        cut.Judged,
        cut.Below,
        cut.Pays,
        candidates.GroupBy(trial => trial.Configuration).Count(group => group.All(trial => trial is { Plan.Rung: 0, Status: JobStatus.Done })));

    private static CycleLength Length(SweepSpec spec, int rung, ImmutableArray<TrialRecord> trials, CycleLadder? ladder)
    {
        TrialRecord? best = trials.Where(trial => trial.Score is not null).MaxBy(trial => Wave.Merit(trial, spec.Search.Ranking));
        RungCorrelation? correlation = ladder is not null && rung < ladder.Table.Settings.TopRung ? ladder.Table.Correlation(rung) : null;
        return new CycleLength(
            trials[0].Plan!.Epochs, // candidates have one
            trials.Count(trial => trial.Score is not null),
            trials.Count(trial => trial is { Status: JobStatus.Done, Score: null, Outcome: not JobOutcome.Stopped }),
            best?.Number,
            best is null ? null : Wave.Accuracy(best, spec.Search.SelectBy),
            correlation is null ? null : new RankAgreement(correlation.Pairs, correlation.Rho, correlation.LowerBound, correlation.HalvingOn));
    }

    /// <summary>The ladder as the planner has it, from the same trials.</summary>
    private static CycleLadder? Ladder(SweepSpec spec, ImmutableArray<TrialRecord> trials)
    {
        CycleLadder? ladder = CycleLadder.Of(spec);
        foreach (TrialRecord trial in trials)
        {
            TrialRecord before = trial with { Status = JobStatus.Ready, Outcome = null };
            ladder = ladder?.Add(before).Move(before, trial, trials);
        }

        return ladder;
    }

    private static StopAudits Audits(ImmutableArray<TrialRecord> trials)
    {
        var rate = new FalseStopRate(0, 0);
        foreach (TrialRecord trial in trials)
        {
            if (trial.Outcome is JobOutcome.Trained { Audit: { } audit })
            {
                rate = rate.Add(audit.Incumbent, trial.Score?.ValidationAccuracy);
            }
        }

        (double low, double high) = rate.Interval();
        return new StopAudits(rate.Audited, rate.Wrong, low, high);
    }
}
