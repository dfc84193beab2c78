using System.Collections.Immutable;
using System.Globalization;

namespace Sweeper.Grains.Planning.Stopping;

/// <summary>
/// ASHA in its stopping form (Li et al., arXiv:1810.05934; the form with stops is that of the authors' later code and of Ray
/// Tune), for trials at a constant learning rate: at each rung a trial goes on if it is among the best 1/eta of those that
/// have come there so far. Rungs are fractions of the one run.
/// </summary>
/// <param name="Eta">Factor between rungs, and one in how many goes on; at least 2.</param>
/// <param name="FirstRung">Fraction of the run at the first rung; in (0, 1].</param>
internal sealed record Asha(int Eta = 3, double FirstRung = 1.0 / 9)
{
    /// <summary>Fractions of the run at which trials are compared, rising; the end is none.</summary>
    public ImmutableArray<double> Rungs
    {
        get
        {
            var rungs = ImmutableArray.CreateBuilder<double>();
            for (double rung = FirstRung; rung < 1 - 1e-9; rung *= Eta)
            {
                rungs.Add(rung);
            }

            return rungs.ToImmutable();
        }
    }

    /// <summary>What the rule has against a trial that comes to a rung; null: nothing. The first eta - 1 to come always go on.</summary>
    /// <param name="rung">Fraction of the run at the rung.</param>
    /// <param name="accuracy">The trial's accuracy there.</param>
    /// <param name="others">Accuracies of the trials that came there before it.</param>
    public string? Against(double rung, double accuracy, IReadOnlyCollection<double> others)
    {
        int seats = (others.Count + 1) / Eta;
        int better = others.Count(other => other > accuracy);
        return seats == 0 || better < seats
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{accuracy:0.00%} at {rung:0%} of the run is rank {better + 1} of {others.Count + 1}, not in the best 1/{Eta}");
    }
}
