using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Slots whose jobs do not fit into memory together.</summary>
public sealed class MemoryTests
{
    [Fact]
    public async Task Run_MemoryForOneOfTwo_TheOtherWaitsAndNumbersAreTheSame()
    {
        string spec = Specs.Trials("roomy", 5, epochs: 6);
        await using var free = new Sandbox();
        await free.OutputAsync("run", free.Write("sweep.yaml", spec), "--slots", "2", "--threads", "1");

        await using var narrow = new Sandbox();
        await narrow.OutputAsync("run", narrow.Write("sweep.yaml", spec), "--slots", "2", "--threads", "1", "--memory", "0.005"); // one mlp takes 3 MB and more

        Assert.Matches("T-000[2-5] waits for memory: it takes [1-9][0-9.]* MB; the jobs on the device, 1, take [1-9]", await LogAsync(narrow));
        Assert.DoesNotContain("waits for memory", await LogAsync(free), StringComparison.Ordinal);
        Assert.Equal(await Numbers.OfAsync(free, "roomy"), await Numbers.OfAsync(narrow, "roomy"));
    }

    private static async Task<string> LogAsync(Sandbox sandbox) => string.Concat(await Task.WhenAll(
        Directory.GetFiles(sandbox.Data, "*.log", SearchOption.AllDirectories).Select(path => File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))));
}
