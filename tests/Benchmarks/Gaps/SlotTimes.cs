using Sweeper.Contracts.Telemetry;

namespace Sweeper.Tests.Benchmarks.Gaps;

/// <summary>What the one slot of a silo spent its time with.</summary>
internal sealed class SlotTimes
{
    private double? _gap;

    /// <summary>Times from a job's end to the first step of the next one, in seconds: no job, then loading.</summary>
    public List<double> ToFirstStep { get; set; } = [];

    /// <summary>Times without a job between two, in seconds.</summary>
    public List<double> Gaps { get; set; } = [];

    /// <summary>Seconds of each activity of jobs.</summary>
    public Dictionary<string, double> Seconds { get; set; } = [];

    /// <summary>When each job came to its first step, UTC.</summary>
    public List<DateTimeOffset> FirstSteps { get; set; } = [];

    /// <summary>Takes a measurement.</summary>
    /// <param name="isGap">Whether it is the time between two jobs; else the time of an activity.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="seconds">Seconds.</param>
    public void Take(bool isGap, string? activity, double seconds)
    {
        if (isGap)
        {
            Gaps.Add(seconds);
            _gap = seconds;
            return;
        }

        if (activity is null || activity == SlotClock.Idle)
        {
            return;
        }

        Seconds[activity] = Seconds.GetValueOrDefault(activity) + seconds;
        if (activity == SlotClock.Loading)
        {
            FirstSteps.Add(TimeProvider.System.GetUtcNow()); // which follows loading
            if (_gap is { } gap)
            {
                ToFirstStep.Add(gap + seconds);
                _gap = null;
            }
        }
    }
}
