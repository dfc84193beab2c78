using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Rendering;

/// <summary>
/// Where a trial stands in its schedule, so that nobody misreads an accuracy taken in the middle of the cycle: at large
/// learning rates it is low by design and rises only while the rate falls.
/// </summary>
internal static class TrainingPhase
{
    // Around the peak the rate is within a few percent of its maximum.
    private const double PeakHalfWidth = 0.02;

    /// <summary>Phase and how much of it is done: <c>warm-up 40%</c>, <c>peak</c>, <c>anneal 12%</c>, <c>tail 50%</c>.</summary>
    /// <param name="schedule">Schedule of the spec.</param>
    /// <param name="step">Steps taken.</param>
    /// <param name="totalSteps">Steps of the run; at least 1.</param>
    public static string Of(ScheduleSpec schedule, int step, int totalSteps)
    {
        double done = Math.Clamp((double)step / Math.Max(1, totalSteps), 0, 1);
        return schedule.Type switch
        {
            ScheduleType.Smith => Cycle(done, schedule.Cycle / 2, schedule.Cycle, "tail"),
            ScheduleType.Fastai or ScheduleType.PyTorch => Cycle(done, schedule.PeakAt, 1, "tail"),
            ScheduleType.PyTorchThreePhase => Cycle(done, schedule.PeakAt, Math.Min(1, 2 * schedule.PeakAt), "tail"),
            ScheduleType.Triangular => OfTriangle(done, schedule),
            ScheduleType.Constant => "constant",
            ScheduleType.Step => $"stage {1 + schedule.Milestones.Count(milestone => done >= milestone)}/{1 + schedule.Milestones.Length}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static string OfTriangle(double done, ScheduleSpec schedule)
    {
        double cycles = done * schedule.Cycles;
        double within = done >= 1 ? 1 : cycles - Math.Floor(cycles);
        return Cycle(within, schedule.PeakAt, 1, "tail");
    }

    private static string Cycle(double done, double peak, double end, string after)
    {
        if (Math.Abs(done - peak) <= PeakHalfWidth * end)
        {
            return "peak";
        }

        if (done < peak)
        {
            return Part("warm-up", done / peak);
        }

        return done <= end ? Part("anneal", (done - peak) / (end - peak)) : Part(after, (done - end) / (1 - end));
    }

    // The small number takes back what 0.95 - 0.9 lost to rounding.
    private static string Part(string name, double fraction) =>
        FormattableString.Invariant($"{name} {Math.Floor((100 * Math.Clamp(fraction, 0, 1)) + 1e-9):0}%");
}
