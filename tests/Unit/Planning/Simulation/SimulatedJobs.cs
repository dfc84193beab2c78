using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Planning.Stopping;

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

    /// <summary>Fractions of a run at which it is read before its end.</summary>
    public static ImmutableArray<double> ReadAt { get; } = [.. Enumerable.Range(1, 8).Select(ninth => ninth / 9.0)];

    /// <summary>A reading on the way: the end from afar.</summary>
    public static JobProgress Progress(JobTicket ticket, double fraction) => new(
        ticket.Key, ticket.Attempt, "node/cpu", (int)Math.Round(900 * fraction), 900, 0.1, 0.9, 1, null, 100, null,
        new ProgressReadings([(int)Math.Round(900 * fraction)], [Accuracy(ticket, fraction)], Classes: 10, Images: 1000));

    /// <summary>Readings of a trial that ran to its end; null where no rule wants them.</summary>
    public static ImmutableArray<CycleReading>? Readings(JobTicket ticket, JobOutcome outcome) =>
        outcome is JobOutcome.Trained trained && ticket.Spec.Search.StoppingRule.JudgesRunning()
            ? [.. ReadAt.Select(fraction => new CycleReading(Math.Round(900 * fraction) / 900, Accuracy(ticket, fraction))), new CycleReading(1, trained.Score.ValidationAccuracy!.Value)]
            : null;

    private static double Accuracy(JobTicket ticket, double fraction)
    {
        double noise = new Random(Hash(ticket) + (int)(fraction * 1000)).NextDouble() - 0.5;
        double end = (Run(ticket).Outcome as JobOutcome.Trained)?.Score.ValidationAccuracy ?? 0;
        return Math.Clamp((end * (0.7 + (0.3 * fraction))) + (0.1 * noise * (1 - fraction)), 0, 1);
    }

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
