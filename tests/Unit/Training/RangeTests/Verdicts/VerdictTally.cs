using Sweeper.Training.RangeTests;

namespace Sweeper.Tests.Unit.Training.RangeTests.Verdicts;

/// <summary>What the rule makes of curves of which it is known what they are.</summary>
/// <param name="Flat">Verdicts on those that super-converge.</param>
/// <param name="Collapsed">Verdicts on those that do not.</param>
internal sealed record VerdictTally(VerdictCounts Flat, VerdictCounts Collapsed)
{
    /// <summary>Those called possible that collapse, and those called not possible that are flat.</summary>
    public int Misjudged => Flat.NotPossible + Collapsed.Possible;

    /// <summary>Those that the rule would repeat.</summary>
    public int Open => Flat.Open + Collapsed.Open;
}

/// <summary>Verdicts on some curves.</summary>
internal readonly record struct VerdictCounts(int Possible, int Open, int NotPossible)
{
    /// <summary>All of them.</summary>
    public int Total => Possible + Open + NotPossible;

    /// <summary>With one more.</summary>
    public VerdictCounts With(SuperConvergenceVerdict verdict) => verdict switch
    {
        SuperConvergenceVerdict.Possible => this with { Possible = Possible + 1 },
        SuperConvergenceVerdict.NotPossible => this with { NotPossible = NotPossible + 1 },
        _ => this with { Open = Open + 1 },
    };
}
