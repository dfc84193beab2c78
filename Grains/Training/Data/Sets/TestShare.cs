namespace Sweeper.Training.Data.Sets;

/// <summary>Sets a part aside as the test part where a user's data have none: a fifth of each class, by seed.</summary>
internal static class TestShare
{
    private const double Fraction = 0.2;
    private const ulong Purpose = 0x7E57_0001;

    /// <summary>Places of the training and of the test part, ascending. Pure.</summary>
    /// <param name="labels">Class of each image or row.</param>
    /// <param name="seed">Chooses them.</param>
    /// <returns>Null where there are too few to split.</returns>
    public static (int[] Train, int[] Test)? Of(ReadOnlySpan<int> labels, long seed)
    {
        int[] order = StratifiedOrder.Of(labels, seed, Purpose);
        int held = (int)Math.Round(Fraction * order.Length, MidpointRounding.AwayFromZero);
        if (held < 1 || held == order.Length)
        {
            return null;
        }

        int[] test = order[..held];
        int[] train = order[held..];
        Array.Sort(test);
        Array.Sort(train);
        return (train, test);
    }
}
