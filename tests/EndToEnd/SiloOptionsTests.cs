using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Options of the silo that a command starts, where the silo of the command before it still lingers.</summary>
public sealed class SiloOptionsTests
{
    private const string Waiting = "The silo of an earlier command was started with other options; waiting for its end.";

    [Fact]
    public async Task Workers_OtherSlotsThanTheSiloHas_AreThoseOfANewOne()
    {
        await using var sandbox = new Sandbox();

        Ended first = await SlotsAsync(sandbox, "1");
        Ended same = await SlotsAsync(sandbox, "1");
        Ended other = await SlotsAsync(sandbox, "2");

        Assert.Equal([1, 1, 2], new[] { first, same, other }.Select(Slots));
        Assert.DoesNotContain("silo", same.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(Waiting, other.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ignored", other.Error, StringComparison.Ordinal);
    }

    private static async Task<Ended> SlotsAsync(Sandbox sandbox, string slots)
    {
        Ended ended = await sandbox.RunAsync("workers", "-o", "json", "--slots", slots, "--threads", "1");
        Assert.True(ended.ExitCode == 0, ended.ToString());
        return ended;
    }

    private static int Slots(Ended ended)
    {
        using var workers = JsonDocument.Parse(ended.Out);
        return Assert.Single(workers.RootElement.EnumerateArray()).GetProperty("slots").GetInt32();
    }
}
