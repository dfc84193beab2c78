using Sweeper.Contracts.Pages;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Workers;

namespace Sweeper.Silo.Page.Serving;

/// <summary>Curves of running jobs, as the page takes them.</summary>
internal static class LiveJobs
{
    /// <summary>Of a running job; with its schedule where all of its points are there.</summary>
    public static JobCurve Of(RunningCurve curve) => new(
        curve.Key.ShortName,
        curve.Attempt,
        Live: true,
        curve.TotalSteps,
        curve.Curves,
        curve is { Whole: true, Schedule: { } schedule } ? SchedulePlan.Of(schedule, curve.MaxLearningRate, curve.TotalSteps) : null);
}
