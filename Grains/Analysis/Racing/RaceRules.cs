namespace Sweeper.Grains.Analysis.Racing;

/// <summary>Rules of a race by replicates.</summary>
/// <param name="Leaders">Leaders that the race began with; at least 2. Stays as it is while leaders drop out: the correction is for all pairs of them.</param>
/// <param name="Cap">Most seeds that each leader is run with; the race ends there.</param>
/// <param name="FirstLook">Shared seeds at the first look; at least 2.</param>
/// <param name="Error">Probability of ever parting two equally good leaders, over all pairs and looks; in (0, 1).</param>
/// <param name="Resolution">Step in which accuracy is measured: one over the number of images.</param>
internal sealed record RaceRules(int Leaders, int Cap, int FirstLook = 3, double Error = 0.05, double Resolution = 1e-4)
{
    /// <summary>Looks planned: one after each seed from the first look to the cap.</summary>
    public int Looks => Math.Max(1, Cap - FirstLook + 1);

    /// <summary>Pairs of leaders that the error rate is shared between.</summary>
    public int Pairs => Math.Max(1, Leaders * (Leaders - 1) / 2);
}
