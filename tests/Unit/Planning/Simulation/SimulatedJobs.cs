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
            return draw switch
            {
                < 0.1 => (Outcomes.Tested(null), 1),
                < 0.15 => (Outcomes.Failed(), 0.3),
                _ => (Outcomes.Tested(0.1 + luck.NextDouble()), 1),
            };
        }

        return draw switch
        {
            < 0.1 => (Outcomes.Diverged(), 0.2),
            < 0.15 => (Outcomes.Failed(), 0.4),
            < 0.2 => (Outcomes.OutOfMemory(), 0),
            _ => (Outcomes.Trained(luck.NextDouble(), luck.NextDouble(), $"{Hash(ticket):x8}"), ticket.Spec.Training.Epochs),
        };
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
            return (int)(bits ^ (bits >> 32)) * 397 + ticket.Seed + (int)ticket.Key.Kind;
        }
    }
}
