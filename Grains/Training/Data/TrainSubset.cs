namespace Sweeper.Training.Data;

/// <summary>The part of the training images that a train size keeps: in the proportions of the classes, nested over sizes.</summary>
internal static class TrainSubset
{
    private const ulong Purpose = 0x50B5_0001;

    /// <summary>Places kept, ascending. Pure.</summary>
    /// <param name="labels">Class of each training image.</param>
    /// <param name="size">How many are kept; at most all.</param>
    /// <param name="seed">Chooses them.</param>
    public static int[] Of(ReadOnlySpan<int> labels, int size, long seed)
    {
        int[] kept = StratifiedOrder.Of(labels, seed, Purpose)[..size];
        Array.Sort(kept);
        return kept;
    }
}
