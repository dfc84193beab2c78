using CsCheck;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Tests.Unit.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Sweeps;

/// <summary>The leaderboard that is kept in step is the one that is made at once.</summary>
public sealed class StandingsTests
{
    private static readonly ScheduleSpec OneCycle = TestSpecs.Trials(1).Training.Schedule;

    [Fact]
    public void Standings_OfAnyCourse_AreTheLeaderboard() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[0, 3], Gen.Int[0, 4], Gen.Int[0, 20], Gen.Bool).Array[1, 40].Sample(changes =>
        {
            Dictionary<int, TrialRecord> trials = [];
            var standings = Standings.Empty(SelectionSet.Validation);
            int number = 0;
            foreach ((int configuration, int plan, int outcome, int accuracy, bool again) in changes)
            {
                // Another trial, or one that there is once more: retried, or ended otherwise.
                int which = again && number > 0 ? 1 + (accuracy % number) : ++number;
                TrialRecord? before = trials.GetValueOrDefault(which);
                TrialRecord after = Trial(which, before?.Configuration.BatchSize ?? configuration, before is null ? plan : PlanOf(before), outcome, accuracy / 20.0);
                trials[which] = after;
                standings = standings.With(before, after);

                var expected = Leaderboard.Of(trials.Values.OrderBy(trial => trial.Number), SelectionSet.Validation);
                Assert.Equal(expected.Length, standings.Count);
                Assert.Equal(expected.Select(Words), standings.Top(expected.Length).Select(Words));
                Assert.Equal(expected.IsEmpty ? null : expected[0].ValidationAccuracy ?? expected[0].TestAccuracy, standings.Best);
            }
        });

    private static string Words(LeaderboardRow row) => row with { Trials = [] } + string.Join(' ', row.Trials);

    private static int PlanOf(TrialRecord trial) => trial.Plan is null ? 0 : trial.Plan.Role == TrialRole.Candidate ? (int)trial.Plan.Epochs : 3;

    /// <param name="number">Number.</param>
    /// <param name="configuration">Which configuration.</param>
    /// <param name="plan">0: none; 3: a baseline; else its epochs.</param>
    /// <param name="outcome">0: none yet; 1: diverged; 2: without a validation split; else trained.</param>
    /// <param name="accuracy">Accuracy.</param>
    private static TrialRecord Trial(int number, int configuration, int plan, int outcome, double accuracy) => new(
        number,
        1,
        new Configuration(0.1, configuration, 0, 0),
        1,
        5,
        outcome == 0 ? JobStatus.Ready : JobStatus.Done,
        1,
        outcome switch
        {
            0 => null,
            1 => new JobOutcome.Diverged(1, 0.1, "made up"),
            2 => new JobOutcome.Trained(new TrialScore(0.1, null, null, 0.2, accuracy, "0")),
            _ => new JobOutcome.Trained(new TrialScore(0.1, 0.2, accuracy, 0.2, accuracy / 2, "0")),
        },
        null,
        plan == 0 ? null : new TrialPlan(plan == 3 ? TrialRole.Baseline : TrialRole.Candidate, plan, OneCycle, "made up"));
}
