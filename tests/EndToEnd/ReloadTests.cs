using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>The model card's own lines of Python, run as they stand there: they give what <c>predict</c> gives.</summary>
public sealed class ReloadTests(FashionSweep fashion) : IClassFixture<FashionSweep>
{
    private const double Tolerance = 1e-5;

    private static readonly string[] Pythons = ["python3", "/usr/bin/python3"];

    [Theory]
    [InlineData("numpy", "Python with numpy alone:", "images = np.frombuffer(pixels, np.uint8).reshape(-1, 1, 28, 28)", "e = np.exp(logits - logits.max(1, keepdims=True)); p = (e / e.sum(1, keepdims=True)).tolist()")]
    [InlineData("torch, safetensors", "PyTorch:", "images = torch.tensor(list(pixels), dtype=torch.uint8).view(-1, 1, 28, 28)", "p = logits.softmax(1).tolist()")]
    public async Task Card_PythonLines_GiveThePredictionsOfThisProgram(string modules, string heading, string images, string probabilities)
    {
        string? python = Pythons.FirstOrDefault(name => Try(name, $"import {modules}") == 0);
        Assert.SkipWhen(python is null, $"No python3 here has {modules} (Debian: python3-numpy, python3-torch): the model card's lines for it were NOT run.");
        JsonElement[] expected = [.. (await fashion.Sandbox.JsonAsync("predict", fashion.Model, FashionSweep.TestImages)).GetProperty("images").EnumerateArray()];
        string[] lines = Block(await File.ReadAllTextAsync(Path.Combine(fashion.Model, "README.md"), TestContext.Current.CancellationToken), heading).Split('\n');
        string script = string.Join('\n', [
            lines[0], "import gzip, sys", $"pixels = gzip.open('{FashionSweep.TestImages}').read()[16:16 + 100 * 784]", images, .. lines[1..],
            "assert w['hidden1.weight'].shape == (256, 784) and len(w) == 6, w.keys()", probabilities, "print(json.dumps(p))"]);

        (int code, string output, string error) = await RunAsync(python!, script);

        Assert.True(code == 0, $"{script}\n{error}");
        using var printed = JsonDocument.Parse(output);
        Assert.Equal(100, printed.RootElement.GetArrayLength());
        foreach ((JsonElement one, JsonElement other) in printed.RootElement.EnumerateArray().Zip(expected))
        {
            Assert.Equal(
                other.GetProperty("probabilities").EnumerateArray().Select(value => value.GetDouble()),
                one.EnumerateArray().Select(value => value.GetDouble()),
                (a, b) => Math.Abs(a - b) <= Tolerance);
        }
    }

    private static string Block(string card, string heading)
    {
        const string Fence = "```python\n";
        int start = card.IndexOf(Fence, card.IndexOf(heading, StringComparison.Ordinal), StringComparison.Ordinal) + Fence.Length;
        return card[start..card.IndexOf("\n```", start, StringComparison.Ordinal)];
    }

    private static int Try(string python, string code)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", code]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return int.MaxValue; // there is no such program
        }
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string python, string script)
    {
        string file = fashion.Sandbox.Write(string.Create(CultureInfo.InvariantCulture, $"reload-{Guid.NewGuid():N}.py"), script);
        using var process = Process.Start(new ProcessStartInfo(python, [file])
        {
            WorkingDirectory = fashion.Model, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }
}
