using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;

namespace Sweeper.Grains.Planning.Stopping;

/// <summary>
/// Judges a running trial by its readings: first for safety, then by the rule of its spec. Pure; what it finds goes into an
/// event, so that a sweep that is folded again asks it nothing.
/// </summary>
internal static class TrialJudge
{
    /// <summary>Name of the safety stop.</summary>
    public const string Safety = "safety";

    private static readonly SafetyStop SafetyRule = new();

    /// <summary>The event of a progress report; null where its readings, if any, decide nothing and none wants them kept.</summary>
    /// <param name="state">The sweep; the attempt is the current one of a running trial.</param>
    /// <param name="progress">What its worker reports.</param>
    /// <param name="at">When.</param>
    public static SweepEvent.Measured? Judge(SweepState state, JobProgress progress, DateTimeOffset at)
    {
        if (progress.Readings is not { } readings || progress.Key.Kind != JobKind.Trial || state.Spec.Purpose != SweepPurpose.Search || progress.TotalSteps <= 0)
        {
            return null;
        }

        TrialState before = state.Trial(progress.Key.Number);
        TrialState trial = before.With([.. readings.Steps.Zip(readings.Accuracies, (step, accuracy) => new CycleReading((double)step / progress.TotalSteps, accuracy))]);
        ImmutableArray<CycleReading> fresh = trial.Readings[before.Readings.Length..];
        double peak = SchedulePeak.Of(ScheduleOf(state.Spec, trial));
        StoppingRule rule = state.Spec.Search.StoppingRule;
        bool kept = rule.JudgesRunning() || SafetyRule.Wants(before.Readings.AsSpan(), fresh.AsSpan(), peak, readings.Classes, readings.Images);
        if (fresh.IsEmpty || !kept)
        {
            return null;
        }

        (StopEvidence? against, bool stop) = OneByOne(state, progress, before, fresh, peak);
        return new SweepEvent.Measured(progress.Key, progress.Attempt, fresh, against, stop, at);
    }

    /// <summary>Readings of a trial that ran to its end, the last one at 1; null where no rule wants them.</summary>
    /// <param name="spec">Its sweep.</param>
    /// <param name="report">Its report.</param>
    public static ImmutableArray<CycleReading>? Readings(SweepSpec spec, JobReport report)
    {
        if (!spec.Search.StoppingRule.JudgesRunning() || report.Outcome is not JobOutcome.Trained || report.Key.Kind != JobKind.Trial || report.Run.Steps <= 0)
        {
            return null;
        }

        return
        [
            .. report.Curves.Evaluations
                .Where(reading => reading.Images == EvaluationSet.Validation && reading.Step > 0)
                .Select(reading => new CycleReading((double)reading.Step / report.Run.Steps, reading.Accuracy)),
        ];
    }

    /// <summary>What is found reading by reading, so that it does not depend on how many of them a report brings.</summary>
    private static (StopEvidence? Against, bool Stop) OneByOne(
        SweepState state, JobProgress progress, TrialState before, ImmutableArray<CycleReading> fresh, double peak)
    {
        ProgressReadings sizes = progress.Readings!; // there are readings
        (StopEvidence? against, bool stop) = (null, false);
        bool decided = before.Audit is not null || state.Running[progress.Key].Against is not null;
        foreach (CycleReading reading in fresh)
        {
            int known = before.Readings.Length;
            before = before.With([reading]);
            if (SafetyRule.AtChance(before.Readings.AsSpan(), peak, sizes.Classes, sizes.Images) is { } chance)
            {
                return (Evidence(Safety, before, null, chance), true);
            }

            if (!decided)
            {
                (against, stop) = ByRule(state, before, known, state.Spec.Search.StoppingRule, peak);
                decided = against is not null;
            }

            if (decided && stop)
            {
                break;
            }
        }

        return (against, stop);
    }

    private static (StopEvidence? Against, bool Stop) ByRule(SweepState state, TrialState trial, int known, StoppingRule rule, double peak)
    {
        if (trial.Readings[^1].Fraction >= 1)
        {
            return (null, false); // it has ended already
        }

        switch (rule)
        {
            case StoppingRule.SamePhase:
                return BySamePhase(state, trial, peak);
            case StoppingRule.Median:
                string? below = new MedianRule().Against(trial.Readings.AsSpan(), [.. Completed(state, trial)]);
                return (below is null ? null : Evidence(rule.Word(), trial, null, below), true);
            case StoppingRule.Asha or StoppingRule.Hyperband:
                StoppingSpec settings = state.Spec.Search.Stopping!; // it has a rule
                Asha halving = rule == StoppingRule.Asha
                    ? new Asha(settings.Eta, settings.Shortest)
                    : new Hyperband(settings.Eta, settings.Shortest).BracketOf(trial.Record.Number).Rule;
                return (ByHalving(state, trial, known, halving) is { } behind ? Evidence(rule.Word(), trial, null, behind) : null, true);
            default:
                return (null, false);
        }
    }

    private static (StopEvidence? Against, bool Stop) BySamePhase(SweepState state, TrialState trial, double peak)
    {
        var settings = new SamePhaseSettings { AuditShare = state.Spec.Search.Stopping!.AuditShare, Seed = state.Spec.Seed }; // it has a rule
        ImmutableArray<CycleCurve> completed = [.. Completed(state, trial)];
        double? incumbent = completed.IsEmpty ? null : completed.Max(curve => curve.Final);
        return new SamePhasePredictor(settings, peak, completed).Decide(trial.Record.Number, trial.Readings[^1], incumbent) switch
        {
            PhaseDecision.Stop stop => (Evidence(StoppingRule.SamePhase.Word(), trial, incumbent, $"{stop.Evidence}"), true),
            PhaseDecision.AuditRun audit => (Evidence(StoppingRule.SamePhase.Word(), trial, incumbent, $"{audit.Evidence}"), false),
            _ => (null, false),
        };
    }

    /// <summary>What halving has against a trial at the rungs that its new readings came to, the first of them that has something.</summary>
    private static string? ByHalving(SweepState state, TrialState trial, int known, Asha halving)
    {
        double before = known == 0 ? 0 : trial.Readings[known - 1].Fraction;
        ImmutableArray<TrialState> others = [.. Comparable(state, trial)];
        return halving.Rungs
            .Where(rung => before < rung - CycleCurve.Tolerance && trial.Readings[^1].Fraction >= rung - CycleCurve.Tolerance)
            .Select(rung => halving.Against(rung, At(trial, rung)!.Value, [.. others.Select(other => At(other, rung)).OfType<double>()])) // it has come there
            .FirstOrDefault(against => against is not null);
    }

    /// <summary>First accuracy from a fraction on; null where the trial has not come there.</summary>
    private static double? At(TrialState trial, double fraction)
    {
        foreach (CycleReading reading in trial.Readings)
        {
            if (reading.Fraction >= fraction - CycleCurve.Tolerance)
            {
                return reading.Accuracy;
            }
        }

        return null;
    }

    /// <summary>Completed ones whose way is known: a result that was taken over from another sweep has an end only.</summary>
    private static IEnumerable<CycleCurve> Completed(SweepState state, TrialState trial) => Comparable(state, trial)
        .Where(other => other.Record.Score is not null && !other.Readings.IsEmpty)
        .Select(other => new CycleCurve(other.Record.Number, other.Readings));

    /// <summary>Other trials of the same schedule and length, in order of their numbers.</summary>
    private static IEnumerable<TrialState> Comparable(SweepState state, TrialState trial)
    {
        ScheduleSpec schedule = ScheduleOf(state.Spec, trial);
        double epochs = EpochsOf(state.Spec, trial);
        return state.Trials.Where(other => other.Record.Number != trial.Record.Number
            && EpochsOf(state.Spec, other).Equals(epochs)
            && ScheduleOf(state.Spec, other) == schedule);
    }

    private static ScheduleSpec ScheduleOf(SweepSpec spec, TrialState trial) => trial.Record.Plan?.Schedule ?? spec.Training.Schedule;

    private static double EpochsOf(SweepSpec spec, TrialState trial) => trial.Record.Plan?.Epochs ?? spec.Training.Epochs;

    private static StopEvidence Evidence(string rule, TrialState trial, double? incumbent, string text) =>
        new(rule, trial.Readings[^1].Fraction, trial.Readings[^1].Accuracy, incumbent, text);
}
