namespace Sweeper.Grains.Analysis.Importance;

/// <summary>A box of levels in which a tree predicts one accuracy.</summary>
/// <param name="From">First level of each factor.</param>
/// <param name="To">One past the last level of each factor.</param>
/// <param name="Accuracy">Predicted accuracy.</param>
internal sealed record Leaf(int[] From, int[] To, double Accuracy)
{
    /// <summary>Share of a factor's levels that the box spans; in (0, 1].</summary>
    public double Width(int factor, int[] levels) => (double)(To[factor] - From[factor]) / levels[factor];

    /// <summary>Share of all cells that are in the box; in (0, 1].</summary>
    public double Volume(int[] levels)
    {
        double volume = 1;
        for (int factor = 0; factor < levels.Length; factor++)
        {
            volume *= Width(factor, levels);
        }

        return volume;
    }
}
