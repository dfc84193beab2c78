using System.Diagnostics;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Telemetry;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Sweeps;

/// <summary>What a coordinator measures: every event once, when it has been stored.</summary>
internal static class SweepMeters
{
    /// <summary>Takes an event.</summary>
    public static void Take(SweepState before, SweepState after, SweepEvent change, double? best)
    {
        switch (change)
        {
            case SweepEvent.JobEnded ended when before.Running.ContainsKey(ended.Key):
                Attempt(ended.Key.Kind, OutcomeText.Kind(after.OutcomeOf(ended)));
                Job(before, after, ended.Key);
                break;
            case SweepEvent.JobLost lost when before.Running.ContainsKey(lost.Key):
                Attempt(lost.Key.Kind, lost.HandedBack ? Outcomes.HandedBack : Outcomes.Lost);
                Job(before, after, lost.Key);
                break;
            case SweepEvent.Reused reused:
                Job(before, after, reused.Key);
                break;
        }

        Show(after, best);
    }

    /// <summary>Shows where the sweep stands.</summary>
    public static void Show(SweepState state, double? best)
    {
        if (state.HasEnded)
        {
            SweepGauges.Remove(state.Spec.Name);
        }
        else
        {
            SweepGauges.Set(state.Spec.Name, new SweepStanding(state.Status, state.Counts, state.RangeTests, state.SlotsWanted, best));
        }
    }

    private static void Attempt(JobKind kind, string end) => Instruments.AttemptsEnded.Add(
        1, new KeyValuePair<string, object?>(Attributes.JobKind, Outcomes.Kind(kind)), new KeyValuePair<string, object?>(Attributes.Outcome, end));

    private static void Job(SweepState before, SweepState after, JobKey key)
    {
        if (!SweepTrace.HasEnded(before, after, key))
        {
            return;
        }

        (_, _, JobOutcome? outcome, RunInfo? run) = after.Standing(key)!.Value; // it has just ended
        if (outcome is null)
        {
            return;
        }

        var tags = new TagList { { Attributes.JobKind, Outcomes.Kind(key.Kind) }, { Attributes.Outcome, OutcomeText.Kind(outcome) } };
        Instruments.JobsEnded.Add(1, tags);
        if (run is not { ReusedFrom: null })
        {
            return;
        }

        Instruments.JobDuration.Record(run.Seconds, tags);
        if (outcome is JobOutcome.Trained { Score: var score })
        {
            Instruments.TrialAccuracy.Record(score.Accuracy(after.Spec.Search.SelectBy));
        }
    }
}
