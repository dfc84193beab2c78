using System.Diagnostics;

namespace Sweeper.Training.Schedules;

/// <summary>The two curves that phases are made of. Results never leave the interval between start and end, rounding included.</summary>
internal static class Anneal
{
    /// <summary>Value at <paramref name="progress"/> in [0, 1] of the way from <paramref name="from"/> to <paramref name="to"/>.</summary>
    public static double Between(AnnealShape shape, double from, double to, double progress) => shape switch
    {
        AnnealShape.Cosine => Cosine(from, to, progress),
        AnnealShape.Linear => Line(from, to, progress),
        _ => throw new UnreachableException(),
    };

    /// <summary>cos(a, b, p) = b + (a − b)(1 + cos πp)/2.</summary>
    public static double Cosine(double from, double to, double progress) =>
        Clamp(to + ((from - to) * (1 + Math.Cos(Math.PI * progress)) / 2), from, to);

    /// <summary>lin(a, b, p) = a + (b − a)p.</summary>
    public static double Line(double from, double to, double progress) =>
        Clamp(from + ((to - from) * progress), from, to);

    private static double Clamp(double value, double one, double other) =>
        Math.Clamp(value, Math.Min(one, other), Math.Max(one, other));
}
