using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>A program that uses the library, as another process.</summary>
public sealed class LibraryTests
{
    [Fact]
    public async Task Example_Run_FollowsItsSweepAndTheConsoleSeesTheSame()
    {
        await using var sandbox = new Sandbox();
        await using var program = SweeperProcess.Start(sandbox.Root, SweeperProcess.Example, [sandbox.Data]);

        Ended ended = await program.EndAsync(TimeSpan.FromMinutes(3));

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Contains("Completed: 2 of 2 range tests, 4 of 4 trials", ended.Out, StringComparison.Ordinal);
        Assert.Matches(@"lr .*: \d", ended.Out);
        Assert.Matches("T-0001 recorded [1-9]", ended.Out);
        Assert.Equal(4, (await sandbox.JsonAsync("show", "from-a-program")).GetProperty("trials").GetArrayLength());
    }
}
