using System.Collections.Immutable;

namespace Sweeper.Training.Running;

/// <summary>
/// When a copy of a run is annealed and measured. A run whose rate is still large reads worse than it is (arXiv:1708.07120,
/// figure 1a); a short anneal from a snapshot gives an honest reading while the run goes on (arXiv:2405.18392, section 3).
/// </summary>
/// <param name="At">Fractions of the run, in (0, 1), rising.</param>
/// <param name="Length">Length of each anneal over that of the run; greater than 0.</param>
public sealed record CooldownPlan(ImmutableArray<double> At, double Length)
{
    /// <summary>0.05 of 1000 steps are 50, whatever their binary product.</summary>
    private const double Rounding = 1e-9;

    /// <summary>Every reason why a run cannot be read like this; empty: it can. Pure.</summary>
    /// <param name="validation">Fraction of the training images held out.</param>
    public IReadOnlyList<string> Check(double validation)
    {
        List<string> problems = [];
        if (At.IsDefaultOrEmpty)
        {
            problems.Add("a cooldown is asked for at no point of the run");
            return problems;
        }

        for (int i = 0; i < At.Length; i++)
        {
            if (!(At[i] > (i == 0 ? 0 : At[i - 1]) && At[i] < 1))
            {
                problems.Add(FormattableString.Invariant($"a cooldown starts at {At[i]} of the run; the starts must rise and lie in (0, 1)"));
            }
        }

        if (!(Length > 0 && At[^1] + Length <= 1 + Rounding))
        {
            problems.Add(FormattableString.Invariant($"a cooldown takes {Length} of the run; it must take more than 0 and the last, at {At[^1]}, must end within the run"));
        }

        if (validation == 0)
        {
            problems.Add("cooldowns are measured on validation images, and there are none");
        }

        return problems;
    }

    /// <summary>Steps of each anneal; at least 1.</summary>
    /// <param name="totalSteps">Steps in the run.</param>
    internal int Steps(int totalSteps) => Math.Max(1, (int)((Length * totalSteps) + Rounding));

    /// <summary>Whether one starts after this many steps; never before the first or after the last.</summary>
    internal bool IsDue(int step, int totalSteps) =>
        step > 0 && step < totalSteps && At.Any(at => Math.Clamp((int)Math.Round(at * totalSteps, MidpointRounding.AwayFromZero), 1, totalSteps - 1) == step);

    /// <summary>What it is, for the identity of a run.</summary>
    public override string ToString() => FormattableString.Invariant($"{string.Join(' ', At.Select(at => at.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))} over {Length:R}");
}
