using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Sweeper.Contracts.Specs;

namespace Sweeper.Tests.Unit.Workers.Sharing;

/// <summary>The simulation of docs/sharing.md: 10,000 trials on 200 workers that die.</summary>
internal static class SharingStudy
{
    /// <summary>First argument that asks for it.</summary>
    public const string Verb = "sharing-study";

    /// <summary>Ten sweeps of three users, with priorities, weights, a gang and one that preempts.</summary>
    public static ImmutableArray<SimulatedSweep> Sweeps { get; } =
    [
        .. Enumerable.Range(0, 10).Select(number => new SimulatedSweep(
            $"s{number}",
            1000,
            Seconds: 60 + 40 * number,
            new SharingSpec(
                Priority: number switch { 9 => 10, 8 => -10, _ => 0 },
                Weight: number switch { 1 => 2, 2 => 0.5, _ => 1 },
                Preempt: number == 9,
                Together: number == 3 ? 8 : null),
            User: $"user{number % 3}",
            ComesAt: number == 9 ? 900 : 0)),
    ];

    /// <summary>Runs it and prints what it came to.</summary>
    /// <returns>Exit code.</returns>
    public static int Run()
    {
        var clock = Stopwatch.StartNew();
        SimulationResult result = new SharingSimulation(seed: 1, nodes: 200, slots: 1, Sweeps).Run();
        clock.Stop();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
             {result.Ended.Values.Sum()} trials on 200 workers, {result.Seconds / 3600:0.0} h of virtual time, simulated in {clock.Elapsed.TotalSeconds:0.00} s
             {result.Lost} attempts lost with their workers, {result.Yielded} made room, {result.Doubled} slots leased twice
             devices leased while jobs were queued that may start alone: {result.Busy:P1}; longest that a sweep with nothing waited: {result.LongestWait:0} s
             """));
        return 0;
    }
}
