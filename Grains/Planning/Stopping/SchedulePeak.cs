using System.Diagnostics;
using Sweeper.Contracts.Specs;

namespace Sweeper.Grains.Planning.Stopping;

/// <summary>Where in a run the learning rate is highest for the last time.</summary>
internal static class SchedulePeak
{
    /// <summary>Whether the rate rises and falls, so that accuracy before the end is that of a network that was never annealed.</summary>
    public static bool IsCycle(ScheduleType type) => type switch
    {
        ScheduleType.Smith or ScheduleType.Fastai or ScheduleType.PyTorch or ScheduleType.PyTorchThreePhase
            or ScheduleType.Triangular => true,
        ScheduleType.Constant or ScheduleType.Step => false,
        _ => throw new UnreachableException(),
    };

    /// <summary>Fraction of the run at the last peak, in [0, 1); 0 where the rate never rises.</summary>
    public static double Of(ScheduleSpec schedule) => schedule.Type switch
    {
        ScheduleType.Fastai or ScheduleType.PyTorch or ScheduleType.PyTorchThreePhase => schedule.PeakAt,
        ScheduleType.Smith => schedule.Cycle / 2,
        ScheduleType.Triangular => (schedule.Cycles - 0.5) / schedule.Cycles,
        ScheduleType.Constant or ScheduleType.Step => 0,
        _ => throw new UnreachableException(),
    };
}
