using System.Collections.Immutable;
using Spectre.Console.Testing;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Xunit;

namespace Sweeper.Tests.Unit.Client;

public sealed class SweepScreenTests
{
    [Fact]
    public void Of_SweepAtWork_SaysEverythingOnEightyColumns()
    {
        string screen = Draw(Model(SampleSweep.View), 80, 40);

        Assert.Contains("fashion[1] running · 3:07 · ~1:35 left · CPU (2 threads)", screen, StringComparison.Ordinal);
        Assert.Contains("range tests 2/4 · trials 6/8 · 1 running · 1 diverged · 26.4 epochs", screen, StringComparison.Ordinal);
        Assert.Contains("R-001", screen, StringComparison.Ordinal);
        Assert.Contains("0.85", screen, StringComparison.Ordinal);
        Assert.Contains("possible", screen, StringComparison.Ordinal);
        Assert.Contains("inconclusive", screen, StringComparison.Ordinal);
        Assert.Contains("50% LR 0.5", screen, StringComparison.Ordinal);
        Assert.Contains("T-0006", screen, StringComparison.Ordinal);
        Assert.Contains("anneal 33%", screen, StringComparison.Ordinal);
        Assert.Contains("1530", screen, StringComparison.Ordinal);
        Assert.Contains("0:18", screen, StringComparison.Ordinal);
        Assert.Contains("validation 90.00% ±0.28 · test 89.50% ±0.28", screen, StringComparison.Ordinal);
        Assert.Contains("R-003 [started] on laptop/cpu", screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_CellWhoseRatesFollowFromOthers_IsNotCalledDone()
    {
        CellRecord predicted = new(9, new CellKey(64, 3e-4, 0.1), JobStatus.Done, 0, null, null);

        string screen = Draw(Model(SampleSweep.View with { Cells = SampleSweep.View.Cells.Add(predicted) }), 100, 40);

        string row = Assert.Single(screen.Split('\n'), line => line.StartsWith("R-009", StringComparison.Ordinal));
        Assert.Contains("not tested", row, StringComparison.Ordinal);
        Assert.DoesNotContain("done", row, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(80, 50)]
    [InlineData(100, 30)]
    [InlineData(140, 40)]
    public void Of_AnyTerminal_StaysWithinIt(int width, int height)
    {
        string[] lines = Draw(Model(Crowded()), width, height).TrimEnd().Split('\n');

        Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= width, line));
        Assert.True(lines.Length <= height, $"{lines.Length} lines on a terminal of {height}:\n{string.Join('\n', lines)}");
    }

    [Fact]
    public void Of_FourVaryingHyperparametersOnEightyColumns_FoldsNoRow()
    {
        ImmutableArray<RunningJob> running =
        [
            .. Enumerable.Range(1, 2).Select(i => SampleSweep.View.Running[1] with
            {
                Key = new JobKey(SampleSweep.Name, JobKind.Trial, i),
                Configuration = new Configuration(0.125 * i, 128 * i, 5e-4 * i, 0.15 * i),
            }),
        ];
        string screen = Draw(Model(SampleSweep.View with { Running = running }), 80, 40);

        string row = Assert.Single(screen.Split('\n'), line => line.StartsWith("T-0002", StringComparison.Ordinal));
        Assert.Contains("0.25", row, StringComparison.Ordinal);
        Assert.Contains("0:18", row, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ColdStart_ShowsNoGhosts()
    {
        SweepView cold = SampleSweep.View with
        {
            Cells = [], Running = [], Leaders = [], Events = [], SecondsLeft = null, ActiveSeconds = 0,
            Counts = new JobCounts(6, 0, 6, 0, 0, 0, 0, 0, 0), RangeTests = new JobCounts(0, 0, 0, 0, 0, 0, 0, 0, 0),
        };
        string screen = Draw(Model(cold) with { Device = null }, 80, 24);

        Assert.Contains("trials 0/6", screen, StringComparison.Ordinal);
        Assert.Contains("Best: none yet", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("range test", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("left", screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_JobWithoutProgress_SaysStarting()
    {
        ImmutableArray<RunningJob> running = [.. SampleSweep.View.Running.Select(job => job with { Progress = null })];

        Assert.Contains("starting", Draw(Model(SampleSweep.View with { Running = running }), 80, 40), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Paused_StopsItsClock()
    {
        SweepView paused = SampleSweep.View with { Status = SweepStatus.Paused, StatusReason = "by [user]", Running = [] };
        string screen = Draw(Model(paused) with { SinceView = TimeSpan.FromMinutes(5) }, 80, 40);

        Assert.Contains("paused (by [user]) · 3:07", screen, StringComparison.Ordinal);
    }

    private static ScreenModel Model(SweepView view) => new(
        view,
        SampleSweep.Spec,
        "CPU (2 threads)",
        ImmutableDictionary<int, ImmutableArray<double>>.Empty.Add(
            1, [.. SampleSweep.RangeTestCurves(exponential: false).Evaluations.Select(reading => reading.Accuracy)]),
        TimeSpan.Zero,
        [],
        TimeZoneInfo.Utc);

    private static SweepView Crowded() => SampleSweep.View with
    {
        Cells = [.. Enumerable.Range(1, 60).Select(i => SampleSweep.Cells[0] with { Number = i, Key = new CellKey(16 * i, 1e-4 * i, 0.01 * i) })],
        RangeTests = new JobCounts(60, 0, 0, 0, 60, 0, 0, 0, 0),
        Running =
        [
            .. Enumerable.Range(1, 16).Select(i => SampleSweep.View.Running[1] with
            {
                Key = new JobKey(SampleSweep.Name, JobKind.Trial, i),
                Configuration = new Configuration(0.01 * i, 128, 5e-4, 0.2),
            }),
        ],
        Events = [.. Enumerable.Range(1, 20).Select(i => new SweepEventLine(i, SampleSweep.Run.StartedAt, $"event {i} " + new string('x', 60)))],
    };

    private static string Draw(ScreenModel model, int width, int height)
    {
        using var console = new TestConsole();
        console.Profile.Width = width;
        console.Profile.Height = height;
        console.Write(SweepScreen.Of(model, height, width));
        if (Environment.GetEnvironmentVariable("SWEEPER_KEEP_PICTURES") is { Length: > 0 } folder)
        {
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(folder).FullName, $"screen-{width}x{height}-{model.View.Running.Length}.txt"), console.Output);
        }

        return console.Output;
    }
}
