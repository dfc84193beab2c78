using System.Collections.Immutable;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Analysis.Surfaces;

/// <summary>Errors on cases that a fit has not seen. Replicates of a configuration are left out together: one would give the other away.</summary>
internal sealed class CrossValidation
{
    private const int MostFolds = 10;

    private readonly int[] _fold;
    private readonly int _folds;

    /// <summary>Folds of configurations, drawn at random; leave-one-out up to ten configurations.</summary>
    /// <param name="outcomes">Outcomes in the order of the rows; at least two configurations.</param>
    /// <param name="seed">Seed of the draw.</param>
    public CrossValidation(IReadOnlyList<Outcome> outcomes, ulong seed)
    {
        var random = new SplitMix(seed);
        TrialSetting[] settings = [.. outcomes.Select(outcome => outcome.Trial.Setting).Distinct()];
        ulong[] keys = new ulong[settings.Length];
        for (int index = 0; index < keys.Length; index++)
        {
            keys[index] = random.NextBits();
        }

        Array.Sort(keys, settings);
        _folds = Math.Min(MostFolds, settings.Length);
        var places = settings.Select((setting, place) => (setting, place)).ToImmutableDictionary(pair => pair.setting, pair => pair.place % _folds);
        _fold = [.. outcomes.Select(outcome => places[outcome.Trial.Setting])];
    }

    /// <summary>Root mean square error of a ridge fit.</summary>
    public double Error(IReadOnlyList<double[]> rows, IReadOnlyList<double> targets, double penalty)
    {
        double squares = 0;
        for (int fold = 0; fold < _folds; fold++)
        {
            int[] seen = [.. Enumerable.Range(0, _fold.Length).Where(index => _fold[index] != fold)];
            double[] coefficients = RidgeRegression.Fit([.. seen.Select(index => rows[index])], [.. seen.Select(index => targets[index])], penalty);
            foreach (int index in Enumerable.Range(0, _fold.Length).Where(index => _fold[index] == fold))
            {
                double error = targets[index] - RidgeRegression.Predict(coefficients, rows[index]);
                squares += error * error;
            }
        }

        return Math.Sqrt(squares / _fold.Length);
    }
}
