using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Ctrl-C, as the shell sends it to the console.</summary>
public sealed class InterruptTests
{
    [Fact]
    public async Task CtrlC_Once_EndsCleanlyAndTheSameCommandGoesOnToTheSameNumbers()
    {
        await using var quiet = new Sandbox();
        await quiet.OutputAsync("run", quiet.Write("sweep.yaml", Specs.Trials("sweep", 3, epochs: 80)), "--threads", "1", "--slots", "1");

        await using var sandbox = new Sandbox();
        string[] command = ["run", sandbox.Write("sweep.yaml", Specs.Trials("sweep", 3, epochs: 80)), "--threads", "1", "--slots", "1"];
        SweeperProcess console = sandbox.Start(command);
        await console.SaysAsync("T-0002 started");
        await Task.Delay(500, TestContext.Current.CancellationToken); // a few steps in
        console.Signal("INT");
        Ended ended = await console.EndAsync(TimeSpan.FromMinutes(1));

        Assert.True(ended.ExitCode == 130, ended.ToString());
        Assert.Contains("Go on with: ", ended.Error, StringComparison.Ordinal);
        Assert.Contains("run sweep.yaml", ended.Error.Replace(sandbox.Root + "/", "", StringComparison.Ordinal), StringComparison.Ordinal);
        await sandbox.SiloEndsAsync();
        Assert.Contains("interrupted", await sandbox.OutputAsync("list"), StringComparison.Ordinal);

        string output = await sandbox.OutputAsync(command);

        Assert.Contains("Going on with 'sweep'", output, StringComparison.Ordinal);
        Assert.DoesNotContain("T-0001 started", output, StringComparison.Ordinal);
        Assert.Equal(await Numbers.OfAsync(quiet, "sweep"), await Numbers.OfAsync(sandbox, "sweep"));
        JsonElement interrupted = Assert.Single(
            (await sandbox.JsonAsync("show", "sweep")).GetProperty("trials").EnumerateArray(), trial => trial.GetProperty("attempts").GetInt32() == 2);
        Assert.True(interrupted.GetProperty("run").GetProperty("resumed_from_step").GetInt32() > 0, interrupted.ToString());
    }

    [Fact]
    public async Task CtrlC_Twice_EndsAtOnceAndLosesNothing()
    {
        await using var sandbox = new Sandbox();
        string[] command = ["run", sandbox.Write("sweep.yaml", Specs.Trials("sweep", 3, epochs: 20)), "--threads", "1", "--slots", "1"];
        SweeperProcess console = sandbox.Start(command);
        await console.SaysAsync("T-0002 started");
        console.Signal("INT");
        await console.SaysAsync("Ctrl-C again stops at once");
        console.Signal("INT");
        Ended ended = await console.EndAsync(TimeSpan.FromMinutes(1));
        Assert.True(ended.ExitCode == 130, ended.ToString());
        await sandbox.SiloEndsAsync();

        await sandbox.OutputAsync(command);

        Assert.Equal([], new StoredSweeps(sandbox).Repeated("sweep"));
        Assert.Equal(3, (await sandbox.JsonAsync("show", "sweep")).GetProperty("summary").GetProperty("ended").GetInt32());
    }
}
