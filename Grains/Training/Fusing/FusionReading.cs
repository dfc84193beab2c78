using System.Collections.Immutable;

namespace Sweeper.Training.Fusing;

/// <summary>Time of a step that some sessions take together.</summary>
/// <param name="Members">How many they are; 1: one alone.</param>
/// <param name="Time">Time of the step.</param>
public readonly record struct FusedStep(int Members, TimeSpan Time);

/// <summary>What a <see cref="FusionProbe"/> has measured.</summary>
/// <param name="Steps">Steps by number of members, 1 first.</param>
public sealed record FusionReading(ImmutableArray<FusedStep> Steps)
{
    /// <summary>Least gain for which sessions are fused: below, what is won is not worth numbers that depend on rounding.</summary>
    public const double LeastGain = 1.5;

    /// <summary>Gain that the next larger number must add, as a factor: members cost memory, and wait for each other.</summary>
    private const double LeastFurtherGain = 1.1;

    /// <summary>The number of members that is worth while; 1: none is.</summary>
    public int Best
    {
        get
        {
            FusedStep best = Steps[0];
            foreach (FusedStep step in Steps)
            {
                if (Gain(step) >= LeastFurtherGain * Gain(best))
                {
                    best = step;
                }
            }

            return Gain(best) >= LeastGain ? best.Members : 1;
        }
    }

    /// <summary>Session steps per second over those of one session alone.</summary>
    public double Gain(FusedStep step) => step.Members * (Steps[0].Time / step.Time);

    /// <summary>Such as <c>2: 1.7, 4: 2.9</c>.</summary>
    public override string ToString() =>
        string.Join(", ", Steps.Skip(1).Select(step => FormattableString.Invariant($"{step.Members}: {Gain(step):0.00}")));
}
