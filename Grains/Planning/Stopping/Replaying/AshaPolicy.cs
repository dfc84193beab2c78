using System.Collections.Immutable;

namespace Sweeper.Grains.Planning.Stopping.Replaying;

/// <summary><see cref="Asha"/> in a replay, compared in the middle of the cycle as its users know it.</summary>
internal sealed class AshaPolicy(int top, int configurations, Asha rule) : EachOncePolicy(top, configurations)
{
    private readonly ImmutableArray<double> _rungs = rule.Rungs;
    private readonly List<double>[] _seen = [.. rule.Rungs.Select(_ => new List<double>())];

    /// <inheritdoc/>
    public override bool GoesOn(RungJob job, ReadOnlySpan<CycleReading> readings)
    {
        double before = readings.Length > 1 ? readings[^2].Fraction : 0;
        for (int rung = 0; rung < _rungs.Length; rung++)
        {
            // The first reading at or past the rung.
            if (before < _rungs[rung] - 1e-3 && readings[^1].Fraction >= _rungs[rung] - 1e-3)
            {
                double accuracy = readings[^1].Accuracy;
                bool goesOn = rule.Against(_rungs[rung], accuracy, _seen[rung]) is null;
                _seen[rung].Add(accuracy);
                return goesOn;
            }
        }

        return true;
    }
}
