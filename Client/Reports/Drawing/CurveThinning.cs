using Sweeper.Contracts.Jobs;

namespace Sweeper.Client.Reports.Drawing;

/// <summary>Curves with as many points as a picture can show: long runs would make a report of many megabytes.</summary>
internal static class CurveThinning
{
    /// <summary>Points that stay, besides those at which held-out images were read.</summary>
    public const int Points = 240;

    /// <summary>Leaves out points evenly; the first, the last and those of readings stay.</summary>
    public static JobCurves Of(JobCurves curves)
    {
        if (curves.Step.Length <= Points)
        {
            return curves;
        }

        HashSet<int> read = [.. curves.Evaluations.Select(reading => reading.Step)];
        int[] kept =
        [
            .. Enumerable.Range(0, curves.Step.Length).Where(i =>
                i == 0 || i == curves.Step.Length - 1 || read.Contains(curves.Step[i]) || IsPicked(i, curves.Step.Length)),
        ];
        return curves with
        {
            Step = [.. kept.Select(i => curves.Step[i])],
            LearningRate = [.. kept.Select(i => curves.LearningRate[i])],
            Momentum = [.. kept.Select(i => curves.Momentum[i])],
            TrainLoss = [.. kept.Select(i => curves.TrainLoss[i])],
            SmoothedLoss = [.. kept.Select(i => curves.SmoothedLoss[i])],
        };
    }

    // The points at which the even scale passes the next whole number.
    private static bool IsPicked(int index, int count) => (long)index * Points / count != (long)(index - 1) * Points / count;
}
