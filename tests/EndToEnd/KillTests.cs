using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>
/// <c>kill -9</c> at random moments. The seed of the moments is printed; the environment variable
/// <c>SWEEPER_TEST_SEED</c> sets it.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private static readonly int Seed =
        int.TryParse(Environment.GetEnvironmentVariable("SWEEPER_TEST_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out int seed)
            ? seed
            : Environment.TickCount & 0xFFFF;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Twenty kills take minutes: `Sweeper.Tests.EndToEnd -class '*KillTests' -explicit on` runs both.</summary>
    [Theory]
    [InlineData(12, 6)]
    [InlineData(30, 20, Explicit = true)]
    public async Task Run_SiloKilledAgainAndAgain_LosesNoTrialAndRepeatsNone(int trials, int kills)
    {
        await using var quiet = new Sandbox();
        await quiet.OutputAsync(Command(quiet, trials));
        double perTrial = SecondsPerTrial(await quiet.JsonAsync("show", "kill"));

        await using var sandbox = new Sandbox();
        var stored = new StoredSweeps(sandbox);
        var chance = new Random(Seed);
        SweeperProcess console = sandbox.Start(Command(sandbox, trials));
        for (int kill = 1; kill <= kills; kill++)
        {
            // Every other kill waits for a job that has started, or most would hit silos that are only starting.
            int attempts = stored.Attempts("kill");
            console = await WaitAsync(sandbox, console, trials, () => sandbox.SiloPid() is not null && (kill % 2 == 0 || stored.Attempts("kill") > attempts));
            // The moment is random in time, but comes before too much has ended: on a machine that has just become idle,
            // trials take a fraction of what they took when they were timed.
            int before = stored.Ended("kill");
            double trialsUntil = TrialsUntil(kills - kill + 1, trials - before);
            TimeSpan wait = TimeSpan.FromSeconds(chance.NextDouble() * perTrial * trialsUntil);
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed < wait && stored.Ended("kill") - before < trialsUntil)
            {
                await Task.Delay(20, Cancelled);
            }

            wait = watch.Elapsed;
            int ended = stored.Ended("kill");
            Assert.True(await sandbox.KillSiloAsync(), $"seed {Seed}: there was no silo to kill for the {kill}th time");
            output.WriteLine(FormattableString.Invariant($"seed {Seed}: kill {kill} after {wait.TotalSeconds:0.00} s, {ended} trials ended"));
        }

        console = await WaitAsync(sandbox, console, trials, () => sandbox.SiloPid() is not null);
        Ended end = await console.EndAsync(TimeSpan.FromMinutes(4));

        Assert.True(end.ExitCode == 0, $"seed {Seed}: {end}");
        output.WriteLine("attempts: " + string.Join(", ", stored.Ends("kill")));
        Assert.Equal(await Numbers.OfAsync(quiet, "kill"), await Numbers.OfAsync(sandbox, "kill"));
        Assert.Equal([], stored.Repeated("kill"));
        Assert.Equal(trials, stored.Ended("kill"));
    }

    [Fact]
    public async Task Run_ConsoleAndSiloKilled_TheSameCommandGoesOn()
    {
        await using var sandbox = new Sandbox();
        var stored = new StoredSweeps(sandbox);
        for (int time = 1; time <= 2; time++)
        {
            SweeperProcess console = sandbox.Start(Command(sandbox, 6));
            await console.SaysAsync($"T-{time + 1:0000} started");
            console.Signal("KILL");
            Assert.True(await sandbox.KillSiloAsync());
            await console.EndAsync(TimeSpan.FromSeconds(30));
        }

        string output = await sandbox.OutputAsync(Command(sandbox, 6));

        Assert.Contains("Going on with 'kill'", output, StringComparison.Ordinal);
        Assert.DoesNotContain("T-0001 started", output, StringComparison.Ordinal);
        Assert.Equal([], stored.Repeated("kill"));
        Assert.Equal(6, stored.Ended("kill"));
    }

    [Fact]
    public async Task Run_ConsoleKilled_ItsSiloEndsInGoodOrder()
    {
        await using var sandbox = new Sandbox();
        string[] command = Command(sandbox, 1, epochs: 60); // longer than a silo waits for another console
        SweeperProcess console = sandbox.Start(command);
        await console.SaysAsync("T-0001 started");

        console.Signal("KILL");
        await sandbox.SiloEndsAsync();

        Assert.False(File.Exists(Path.Combine(sandbox.Data, "silo.json")), "a silo that ends in good order takes its file along");
        Assert.DoesNotContain("open", string.Join(' ', new StoredSweeps(sandbox).Ends("kill")), StringComparison.Ordinal);
        Assert.Contains("Going on with 'kill'", await sandbox.OutputAsync(command), StringComparison.Ordinal);
    }

    private static string[] Command(Sandbox sandbox, int trials, double epochs = 3) =>
        ["run", sandbox.Write("kill.yaml", Specs.Trials("kill", trials, epochs)), "--threads", "1", "--slots", "1"];

    /// <summary>How many trials may run at most before the next kill: spread over the sweep, and some are left for the last.</summary>
    private static double TrialsUntil(int killsLeft, int left) => Math.Min(2.0 * left / killsLeft, 0.6 * left);

    /// <summary>Waits for something; where the console has given up meanwhile, starts it again as its user would.</summary>
    private static async Task<SweeperProcess> WaitAsync(Sandbox sandbox, SweeperProcess console, int trials, Func<bool> wanted)
    {
        var watch = Stopwatch.StartNew();
        while (!wanted())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), $"seed {Seed}: the sweep does not go on. Output:\n{console.Out}\nErrors:\n{console.Error}");
            if (console.HasExited)
            {
                Ended ended = await console.EndAsync(TimeSpan.FromSeconds(1));
                Assert.True(ended.ExitCode == 1 && ended.Error.Contains("times in a row", StringComparison.Ordinal), $"seed {Seed}: {ended}");
                console = sandbox.Start(Command(sandbox, trials));
            }

            await Task.Delay(20, Cancelled);
        }

        return console;
    }

    private static double SecondsPerTrial(JsonElement show) =>
        show.GetProperty("trials").EnumerateArray().Average(trial => trial.GetProperty("run").GetProperty("seconds").GetDouble());
}
