using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Sweeps;
using Xunit;

namespace Sweeper.Tests.Unit.Sweeps;

public sealed class JobSilenceTests
{
    private static readonly JobKey Key = new("sweep", JobKind.Trial, 1);
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly JobSilence _silence = new();

    [Fact]
    public void Silent_JobThatReports_IsNeverAsked()
    {
        for (int second = 0; second < 60; second++)
        {
            _silence.Heard(Key, 1, At(second));
            Assert.Empty(_silence.Silent(Running(), At(second + 1)));
        }
    }

    [Fact]
    public void Silent_JobThatNeverReported_IsAskedAfterAWhileAndThenNowAndAgain() =>
        Assert.Equal([6, 9, 12], Enumerable.Range(0, 14).Where(second => !_silence.Silent(Running(), At(second)).IsEmpty));

    [Fact]
    public void Missed_NodeThatIsGoneTwice_IsLost() => Assert.Equal([false, true], Miss(2, gone: true));

    [Fact]
    public void Missed_NodeThatIsThere_IsLostMuchLater() =>
        Assert.Equal(JobSilence.MostMisses, Miss(JobSilence.MostMisses, gone: false).ToList().IndexOf(true) + 1);

    [Fact]
    public void Missed_WithAnAnswerInBetween_BeginsAnew()
    {
        Miss(1, gone: true);
        _silence.Heard(Key, 1, At(60));

        Assert.Equal([false, true], Miss(2, gone: true));
    }

    [Fact]
    public void Missed_JobThatHasEnded_IsNotLost()
    {
        Miss(1, gone: true);
        _silence.Silent(ImmutableDictionary<JobKey, Assignment>.Empty, At(60));

        Assert.False(_silence.Missed(Key, 1, gone: true));
    }

    [Fact]
    public void Missed_EarlierAttempt_DoesNotCountForTheNext()
    {
        Miss(1, gone: true);
        _silence.Silent(Running(attempt: 2), At(60));

        Assert.False(_silence.Missed(Key, 2, gone: true));
    }

    private bool[] Miss(int times, bool gone)
    {
        _silence.Silent(Running(), At(600));
        return [.. Enumerable.Range(0, times).Select(_ => _silence.Missed(Key, 1, gone))];
    }

    private static DateTimeOffset At(int second) => Start.AddSeconds(second);

    private static ImmutableDictionary<JobKey, Assignment> Running(int attempt = 1) => ImmutableDictionary<JobKey, Assignment>.Empty.Add(
        Key, new Assignment(attempt, new SlotLease(1, new WorkerKey("node", "cpu")), Start, new Configuration(0.1, 32, 0, 0)));
}
