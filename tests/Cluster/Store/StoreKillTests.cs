using System.Diagnostics;
using System.Globalization;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Store;
using Xunit;

namespace Sweeper.Tests.Cluster.Store;

/// <summary>What was answered is there after <c>kill -9</c>.</summary>
public sealed class StoreKillTests : IDisposable
{
    private const int Kills = 6;

    private readonly string _folder = Directory.CreateTempSubdirectory("sweeper-kill-").FullName;

    [Fact]
    public async Task Append_ProcessKilledAtRandomMoments_KeepsEveryAnsweredWriteWhole()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        string path = Path.Combine(_folder, "sweeper.db");
        for (int kill = 0; kill < Kills; kill++)
        {
            int lines = Random.Shared.Next(1, 60);
            long answered = await WriteUntilKilledAsync(path, lines, stop);

            await using ISweepStore store = SweepStores.Open(new StoreOptions.Sqlite(path));
            await store.OpenAsync(stop);
            StoredSweep? sweep = await store.ReadEventsAsync(StoreWriterProcess.Sweep, stop);
            SweepResults? results = await store.ReadResultsAsync(StoreWriterProcess.Sweep, stop);

            Assert.NotNull(sweep);
            Assert.NotNull(results);
            Assert.InRange(sweep.Events.Length, answered, answered + 1); // At most the one whose answer was still to come.
            Assert.Equal(Enumerable.Range(1, sweep.Events.Length).Select(number => (long)number), sweep.Events.Select(item => item.Sequence));
            Assert.Equal(Enumerable.Range(2, sweep.Events.Length - 1), results.Trials.Select(trial => trial.Number));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Last number that the process answered before it was killed.</summary>
    private static async Task<long> WriteUntilKilledAsync(string path, int lines, CancellationToken stop)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Sweeper.Tests.Cluster");
        using var process = Process.Start(new ProcessStartInfo(program, [StoreWriterProcess.Verb, path]) { RedirectStandardOutput = true })!; // Never null without a shell.
        long answered = 0;
        try
        {
            for (int line = 0; line < lines; line++)
            {
                answered = Number(await process.StandardOutput.ReadLineAsync(stop));
            }
        }
        finally
        {
            process.Kill(); // SIGKILL.
        }

        while (await process.StandardOutput.ReadLineAsync(stop) is { Length: > 0 } rest)
        {
            answered = Math.Max(answered, Number(rest));
        }

        await process.WaitForExitAsync(stop);
        return answered;
    }

    private static long Number(string? line) => long.Parse(line ?? throw new InvalidOperationException("The writer ended by itself."), CultureInfo.InvariantCulture);
}
