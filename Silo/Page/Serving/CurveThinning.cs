using Sweeper.Contracts.Jobs;

namespace Sweeper.Silo.Page.Serving;

/// <summary>Fewer points than were recorded: a picture has no more columns than this.</summary>
internal static class CurveThinning
{
    /// <summary>Points kept, give or take one.</summary>
    public const int Most = 400;

    /// <summary>Every so many points, the last among them; every reading where there are not too many either.</summary>
    public static JobCurves Of(JobCurves curves)
    {
        int[] kept = Kept(curves.Step.Length);
        return kept.Length == curves.Step.Length && curves.Evaluations.Length <= Most
            ? curves
            : new JobCurves(
                Pick(curves.Step, kept),
                Pick(curves.LearningRate, kept),
                Pick(curves.Momentum, kept),
                Pick(curves.TrainLoss, kept),
                Pick(curves.SmoothedLoss, kept),
                Pick(curves.Evaluations, Kept(curves.Evaluations.Length)));
    }

    private static int[] Kept(int count)
    {
        int stride = (count + Most - 1) / Most;
        return [.. Enumerable.Range(0, count).Where(i => (count - 1 - i) % stride == 0)];
    }

    private static T[] Pick<T>(T[] values, int[] kept) => [.. kept.Select(i => values[i])];
}
