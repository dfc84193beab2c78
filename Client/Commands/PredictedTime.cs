using System.Globalization;
using Sweeper.Client.Connecting;
using Sweeper.Client.Following;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary>How long a sweep will take, and how much of its devices, in words.</summary>
internal static class PredictedTime
{
    /// <summary>A prediction in words.</summary>
    public static string Words(TimePrediction time)
    {
        if (time.Seconds is null)
        {
            return $"not known yet: {time.Basis}";
        }

        string range = time is { Low: { } low, High: { } high } ? $" ({HumanText.Duration(low)} to {HumanText.Duration(high)})" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(time.AtMost ? "at most" : "about")} {HumanText.Duration(time.Seconds)}{range} with {HumanText.Count(time.Slots, "slot")} of {time.Device}, {Hours(time.DeviceSeconds)}, from {time.Basis}");
    }

    /// <summary>How long runs like it took; not known where there were none, which <c>preview --measure</c> would have to time.</summary>
    public static Task<TimePrediction> FetchAsync(ClusterConnection connection, SweepSpec spec, CancellationToken stop) =>
        connection.RepeatAsync(client => client.GetGrain<IResultsGrain>(0).PredictAsync(spec, measure: false), stop);

    /// <summary>Says what to expect of a sweep that has just been accepted; nothing where that is not known.</summary>
    public static void Say(TimePrediction time, SubmitStatus status, ISweepDisplay display)
    {
        if (time.Seconds is not null && status == SubmitStatus.Created)
        {
            display.Notice($"To expect: {Words(time)}.");
        }
    }

    private static string Hours(double? deviceSeconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{deviceSeconds / 3600 ?? 0:0.####} device-hours");
}
