using System.Globalization;

namespace Sweeper.Grains.Planning.Stopping;

/// <summary>What is to become of a running trial.</summary>
internal abstract record PhaseDecision
{
    private PhaseDecision()
    {
    }

    /// <summary>It goes on.</summary>
    public sealed record Continue : PhaseDecision;

    /// <summary>It is stopped.</summary>
    /// <param name="Evidence">Why.</param>
    public sealed record Stop(PhaseEvidence Evidence) : PhaseDecision;

    /// <summary>It would be stopped and goes on to the end, so that it is known whether that would have been right.</summary>
    /// <param name="Evidence">Why it would be stopped.</param>
    public sealed record AuditRun(PhaseEvidence Evidence) : PhaseDecision;
}

/// <summary>Why a trial cannot win.</summary>
/// <param name="Reading">Where it stands.</param>
/// <param name="UpperBound">Most accurate end that it can hope for.</param>
/// <param name="Incumbent">Best end so far.</param>
/// <param name="Completed">Trials that the bound rests on.</param>
internal sealed record PhaseEvidence(CycleReading Reading, double UpperBound, double Incumbent, int Completed)
{
    /// <summary>One line for a person.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Reading.Accuracy:0.00%} at {Reading.Fraction:0%} of the cycle ends at {UpperBound:0.00%} at best (judged by {Completed} completed trials); the best so far has {Incumbent:0.00%}");
}
