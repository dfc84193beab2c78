using Sweeper.Contracts.Jobs;

namespace Sweeper.Tests.Unit.Planning.Simulation;

/// <summary>Results of jobs, the same for the same configuration and seed, as the engine's are.</summary>
internal static class SimulatedJobs
{
    public static (JobOutcome Outcome, double Epochs) Run(JobTicket ticket)
    {
        var luck = new Random(Hash(ticket));
        double draw = luck.NextDouble();
        if (ticket.Key.Kind == JobKind.RangeTest)
        {
            double end = ticket.Configuration.MaxLearningRate;
            double critical = Critical(ticket);
            return draw switch
            {
                >= 0.15 when critical < end => (Diverges(critical), ticket.LengthFactor * ticket.Spec.RangeTest.Epochs * critical / end),
                < 0.1 => (Outcomes.Tested(null), ticket.LengthFactor * ticket.Spec.RangeTest.Epochs),
                < 0.15 => (Outcomes.Failed(), 0.3),
                _ => (Outcomes.Tested(0.1 + luck.NextDouble()), ticket.LengthFactor * ticket.Spec.RangeTest.Epochs),
            };
        }

        return draw switch
        {
            < 0.1 => (Outcomes.Diverged(), 0.2),
            < 0.15 => (Outcomes.Failed(), 0.4),
            < 0.2 => (Outcomes.OutOfMemory(), 0),
            _ => (Outcomes.Trained(luck.NextDouble(), luck.NextDouble(), $"{Hash(ticket):x8}"), ticket.Plan?.Epochs ?? ticket.Spec.Training.Epochs),
        };
    }

    /// <summary>Rate at which every test of the cell diverges, whatever its ramp; infinite for most cells.</summary>
    private static double Critical(JobTicket ticket)
    {
        var cell = new Random(Hash(ticket with { Configuration = ticket.Configuration with { MaxLearningRate = 0 }, LengthFactor = 1 }));
        return cell.NextDouble() < 0.4 ? ticket.Spec.RangeTest.To * Math.Pow(10, -2 * cell.NextDouble()) : double.PositiveInfinity;
    }

    private static JobOutcome.RangeTested Diverges(double at) => new(
        Outcomes.Tested(0.8 * at).Findings with { Verdict = RangeTestVerdict.Inconclusive, DivergedAt = at });

    private static int Hash(JobTicket ticket)
    {
        unchecked
        {
            // Not HashCode.Combine: that one is seeded anew by every process, and a failing case must stay one.
            Configuration point = ticket.Configuration;
            long bits = BitConverter.DoubleToInt64Bits(point.MaxLearningRate) * 31
                + BitConverter.DoubleToInt64Bits(point.WeightDecay) * 17
                + BitConverter.DoubleToInt64Bits(point.Dropout) * 13
                + point.BatchSize;
            int plan = ticket.Plan is { } own
                ? (int)(own.Epochs * 1000) + ((int)own.Schedule.Type * 7919) + (int)(own.Schedule.MomentumHigh * 104729)
                : 0;
            return (int)(bits ^ (bits >> 32)) * 397 + ticket.Seed + (int)ticket.Key.Kind + plan + (int)(ticket.LengthFactor * 31);
        }
    }
}
