using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Telemetry;

/// <summary>
/// What telemetry costs: the same long sweep without, with, and with a receiver that is down, side by side, so that whatever
/// else the machine does meets all of them alike. Started by hand (<c>-explicit only</c>); docs/benchmarks.md has the figures.
/// </summary>
public sealed class OverheadTests(ITestOutputHelper output)
{
    private const int Windows = 4;
    private const int TicksPerSecond = 100; // Linux counts the time of processes in these, whatever the kernel
    private const int BatchSize = 128;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(40);

    /// <summary>Passes of a tenth of a second on an idle machine: far more spans for the work than a sweep of any use has.</summary>
    private const string Spec = """
        name: long
        data: fashion-mnist-10k
        model: mlp
        training: {epochs: 10}
        search:
          strategy: random
          trials: 2000
          stopping: none
          reuse: false
          space: {max_lr: {log: [0.01, 0.1]}, batch_size: 128, weight_decay: 1e-4, dropout: 0}
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Sweep_WithTelemetryAndWithout_TrainsAsFast()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        await using var off = new Sandbox();
        await using var on = new Sandbox();
        await using var down = new Sandbox();
        (string Name, Sandbox Sandbox, string[] Arguments)[] modes =
        [
            ("off", off, []),
            ("on", on, ["--otlp", receiver.Grpc, "--metrics", "true"]),
            ("on, receiver down", down, ["--otlp", "http://127.0.0.1:1", "--metrics", "true"]),
        ];
        foreach ((_, Sandbox sandbox, string[] arguments) in modes)
        {
            sandbox.StartSilo(["--data-dir", sandbox.Data, "--slots", "1", "--threads", "1", .. arguments]);
            while (sandbox.SiloPid() is null)
            {
                await Task.Delay(20, Cancelled);
            }

            await sandbox.OutputAsync("submit", sandbox.Write("long.yaml", Spec));
        }

        await Task.Delay(WarmUp, Cancelled); // what a program does for the first time is compiled then
        var first = await Task.WhenAll(modes.Select(mode => ReadAsync(mode.Sandbox)));
        var before = first;
        for (int window = 1; window <= Windows; window++)
        {
            await Task.Delay(Window, Cancelled);
            var after = await Task.WhenAll(modes.Select(mode => ReadAsync(mode.Sandbox)));
            Write($"window {window}", modes, before, after);
            before = after;
        }

        Write("all", modes, first, before);
        output.WriteLine($"spans that arrived: {receiver.Spans.Count}");
    }

    private void Write(string window, (string Name, Sandbox, string[])[] modes, Reading[] before, Reading[] after)
    {
        double Speed(int mode) => (after[mode].Images - before[mode].Images) / Stopwatch.GetElapsedTime(before[mode].At, after[mode].At).TotalSeconds;
        double Cost(int mode) => (after[mode].CpuSeconds - before[mode].CpuSeconds) * 1e6 / (after[mode].Images - before[mode].Images);
        for (int mode = 0; mode < modes.Length; mode++)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{window}: {modes[mode].Name}: {Speed(mode):0} images/s ({Speed(mode) / Speed(0):0.000}), {Cost(mode):0.00} us of processor an image ({Cost(mode) / Cost(0):0.000})"));
        }
    }

    /// <summary>Images trained on so far, and what the silo's process has used of the processor until then.</summary>
    private static async Task<Reading> ReadAsync(Sandbox sandbox)
    {
        int silo = sandbox.SiloPid()!.Value; // it runs
        await using var watch = SweeperProcess.Start(sandbox.Root, SweeperProcess.Console, ["watch", "long", "-o", "json", "--data-dir", sandbox.Data]);
        while (!watch.Out.Contains('\n', StringComparison.Ordinal))
        {
            await Task.Delay(5, Cancelled);
        }

        long at = Stopwatch.GetTimestamp();
        double cpu = CpuSeconds(silo);
        using var view = JsonDocument.Parse(watch.Out.Split('\n')[0]);
        JsonElement counts = view.RootElement.GetProperty("counts");
        int ended = counts.GetProperty("completed").GetInt32() + counts.GetProperty("diverged").GetInt32();
        int running = 0;
        foreach (JsonElement progress in view.RootElement.GetProperty("running").EnumerateArray()
            .Select(job => job.GetProperty("progress")).Where(progress => progress.ValueKind == JsonValueKind.Object))
        {
            running += progress.GetProperty("step").GetInt32();
        }

        return new Reading(at, ((ended * StepsOfATrial) + running) * (double)BatchSize, cpu);
    }

    /// <summary>Ten passes over nine of ten of 10,000 images; the last batch of a pass is left out.</summary>
    private static int StepsOfATrial => 10 * (9000 / BatchSize);

    private static double CpuSeconds(int pid)
    {
        string stat = File.ReadAllText($"/proc/{pid}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / (double)TicksPerSecond;
    }

    private sealed record Reading(long At, double Images, double CpuSeconds);
}
