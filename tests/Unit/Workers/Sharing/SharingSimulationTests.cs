using System.Collections.Immutable;
using CsCheck;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Workers.Sharing;
using Xunit;

namespace Sweeper.Tests.Unit.Workers.Sharing;

/// <summary>No sweep starves, no slot is leased twice, no quota is passed, whatever dies.</summary>
public sealed class SharingSimulationTests
{
    private static readonly Gen<SimulatedSweep> Sweeps =
        Gen.Select(Gen.Int[1, 30], Gen.Double[1, 900], Gen.Int[-2, 2], Gen.Double[0.1, 10], Gen.Bool, Gen.Int[0, 4], Gen.Int[0, 2], Gen.Double[0, 3000])
            .Select((trials, seconds, priority, weight, preempt, together, user, at) => new SimulatedSweep(
                "", trials, seconds, new SharingSpec(priority, weight, preempt, together >= 2 ? together : null), $"user{user}", at));

    [Fact]
    public void TenThousandTrials_On200WorkersThatDie_AllEndAndNobodyStarves()
    {
        SimulationResult result = new SharingSimulation(seed: 1, nodes: 200, slots: 1, SharingStudy.Sweeps).Run();

        Assert.Equal(10_000, result.Ended.Values.Sum());
        Assert.Equal(0, result.Doubled);
        Assert.True(result.Lost > 10, "workers died");
        Assert.True(result.Yielded > 10, "jobs made room");
        Assert.InRange(result.Busy, 0.9, 1);
        Assert.InRange(result.LongestWait, 0, FairShare.Patience.TotalSeconds + SharingStudy.Sweeps.Max(sweep => sweep.Seconds));
    }

    [Fact]
    public void AnySweeps_OnAnyWorkersThatDie_AllEnd() => Gen.Select(Sweeps.Array[1, 8], Gen.Int[1, 6], Gen.Int[1, 4], Gen.Int[0, 9999]).Sample(
        (drawn, nodes, slots, seed) =>
        {
            ImmutableArray<SimulatedSweep> sweeps = [.. drawn.Select((sweep, number) => sweep with { Name = $"s{number}" })];
            var quotas = new SharingRules(
                new SlotQuota(Jobs: 3), ImmutableDictionary<string, SlotQuota>.Empty.Add("user1", new SlotQuota(Devices: 2)), SharingRules.UsualYieldAfter);

            SimulationResult result = new SharingSimulation(seed, nodes, slots, sweeps, quotas).Run();

            Assert.Equal(sweeps.Sum(sweep => sweep.Trials), result.Ended.Values.Sum());
            Assert.Equal(0, result.Doubled);
            Assert.All(result.MostHeld, user => Assert.InRange(user.Value, 0, user.Key == "user1" ? 2 * slots : 3));
        },
        iter: 300,
        threads: 1);
}
