using CsCheck;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

public sealed class TallyTests
{
    private static readonly (JobStatus Status, JobOutcome? Outcome)[] States =
    [
        (JobStatus.Waiting, null),
        (JobStatus.Ready, null),
        (JobStatus.Running, null),
        (JobStatus.Done, Outcomes.Trained()),
        (JobStatus.Done, Outcomes.Diverged()),
        (JobStatus.Done, Outcomes.Failed()),
        (JobStatus.Done, Outcomes.OutOfMemory()),
        (JobStatus.Done, Outcomes.Stopped()),
        (JobStatus.Skipped, Outcomes.Stopped()),
        (JobStatus.Done, Outcomes.StoppedEarly()),
    ];

    [Theory]
    [InlineData(0, nameof(JobCounts.Waiting))]
    [InlineData(1, nameof(JobCounts.Ready))]
    [InlineData(2, nameof(JobCounts.Running))]
    [InlineData(3, nameof(JobCounts.Completed))]
    [InlineData(4, nameof(JobCounts.Diverged))]
    [InlineData(5, nameof(JobCounts.Failed))]
    [InlineData(6, nameof(JobCounts.Failed))]
    [InlineData(7, nameof(JobCounts.Stopped))]
    [InlineData(8, nameof(JobCounts.Skipped))]
    [InlineData(9, nameof(JobCounts.StoppedEarly))]
    public void Plus_State_CountsItOnceAndInTheTotal(int state, string property)
    {
        JobCounts counts = Tally.Zero.Plus(States[state].Status, States[state].Outcome);

        Assert.Equal(1, typeof(JobCounts).GetProperty(property)!.GetValue(counts));
        Assert.Equal(1, counts.Total);
        Assert.Equal(1, counts.Waiting + counts.Ready + counts.Running + counts.Ended);
    }

    [Fact]
    public void Move_AnyWalk_EndsWhereAFreshCountStands() => Gen.Int[0, States.Length - 1].Array[2, 40].Sample(walk =>
    {
        JobCounts counts = Tally.Zero.Plus(States[walk[0]].Status, States[walk[0]].Outcome);
        for (int step = 1; step < walk.Length; step++)
        {
            (JobStatus from, JobOutcome? before) = States[walk[step - 1]];
            (JobStatus to, JobOutcome? after) = States[walk[step]];
            counts = counts.Move(from, before, to, after);
        }

        Assert.Equal(Tally.Zero.Plus(States[walk[^1]].Status, States[walk[^1]].Outcome), counts);
    });
}
