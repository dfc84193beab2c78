using Sweeper.Training.Data;
using Sweeper.Training.Running;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Running;

/// <summary>Tests that look at the whole process, which nothing else may use meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class WholeProcess
{
    public const string Name = "whole process";
}

/// <summary>Slow on purpose: fifty whole trials in one process.</summary>
[Collection(WholeProcess.Name)]
public sealed class MemoryTests
{
    private const int WarmUp = 10;
    private const int Trials = 50;
    private const long Allowed = 24 << 20;

    [Fact]
    public void FiftyTrials_OneAfterTheOther_LeaveNoMemoryBehind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "resident memory is read from /proc, which only Linux has");
        using ImageData data = EngineFixtures.Tiny();
        Trainer trainer = new(TimeProvider.System);

        long before = 0;
        for (int i = 0; i < WarmUp + Trials; i++)
        {
            if (i == WarmUp)
            {
                before = ResidentBytes();
            }

            // Nothing here asks the collector for anything: what a trial leaves undisposed adds up.
            trainer.Run(EngineFixtures.Job(adam: i % 2 == 0, epochs: 1, seed: i), data, null, CancellationToken.None);
        }

        long growth = ResidentBytes() - before;
        Assert.True(growth < Allowed, $"resident memory grew by {growth >> 20} MiB over {Trials} trials");
    }

    private static long ResidentBytes()
    {
        string line = File.ReadLines("/proc/self/status").Single(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) << 10;
    }
}
