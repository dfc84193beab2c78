using Sweeper.Contracts.Analysis;
using Sweeper.Grains.Analysis.Statistics;

namespace Sweeper.Grains.Analysis.Balance;

/// <summary>Groups outcomes by maximum learning rate: single values where there are few, otherwise bins of about equally many trials.</summary>
internal static class RateBins
{
    private const int MostValues = 6;
    private const int MostBins = 4;
    private const int TrialsOfBin = 8;

    /// <summary>The groups, lowest rates first; equal rates are never parted.</summary>
    public static Outcome[][] Of(IReadOnlyList<Outcome> outcomes)
    {
        double[] rates = [.. outcomes.Select(outcome => outcome[Factor.MaxLearningRate])];
        double[] ranks = Ranks.Of(rates);
        int bins = Math.Clamp(outcomes.Count / TrialsOfBin, 1, MostBins);
        bool few = rates.Distinct().Count() <= MostValues;
        return
        [
            .. outcomes
                .Select((outcome, index) => (outcome, key: few ? rates[index] : Math.Floor((ranks[index] - 0.5) / rates.Length * bins)))
                .GroupBy(pair => pair.key)
                .OrderBy(group => group.Key)
                .Select(group => group.Select(pair => pair.outcome).ToArray()),
        ];
    }
}
