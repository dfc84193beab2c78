using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Label smoothing and precision through the console: each decides the numbers, and says what would be right.</summary>
public sealed class LabelSmoothingTests
{
    [Fact]
    public async Task Run_LabelSmoothing_TrainsWithItAndTheWinnersCodeSaysSo()
    {
        await using var sandbox = new Sandbox();
        string plain = Specs.Trials("plain", 1, epochs: 2);
        await sandbox.OutputAsync("run", sandbox.Write("plain.yaml", plain));
        await sandbox.OutputAsync("run", sandbox.Write("smooth.yaml", plain.Replace("name: plain", "name: smooth", StringComparison.Ordinal)), "--set", "training.label_smoothing=0.2");

        await sandbox.OutputAsync("run", sandbox.Write("low.yaml", plain.Replace("name: plain", "name: low", StringComparison.Ordinal)), "--set", "training.precision=bfloat16");

        Assert.NotEqual(await HashAsync("plain"), await HashAsync("smooth"));
        Assert.NotEqual(await HashAsync("plain"), await HashAsync("low"));
        Assert.Contains("bfloat16", await sandbox.OutputAsync("best", "low", "--as", "pytorch"), StringComparison.Ordinal);
        Assert.Contains("label_smoothing=0.2", await sandbox.OutputAsync("best", "smooth", "--as", "pytorch"), StringComparison.Ordinal);
        Ended refused = await sandbox.RunAsync("validate", Path.Combine(sandbox.Root, "plain.yaml"), "--set", "training.label_smoothing=1");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("in [0, 1)", refused.Error + refused.Out, StringComparison.Ordinal);

        async Task<string> HashAsync(string sweep)
        {
            JsonElement trial = (await sandbox.JsonAsync("show", sweep)).GetProperty("trials")[0];
            return trial.GetProperty("outcome").GetProperty("score").GetProperty("weights_hash").GetString()!; // it has completed
        }
    }
}
