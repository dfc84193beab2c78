using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CsCheck;
using Spectre.Console;
using Spectre.Console.Testing;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Xunit;

namespace Sweeper.Tests.Unit.Client;

public sealed class SweepScreenTests
{
    [Fact]
    public void Of_SweepAtWork_SaysEverythingOnEightyColumns()
    {
        string screen = Draw(Model(SampleSweep.View), 80, 40);

        Assert.Contains("fashion[1] running · 3:07 · ~1:35 left · 26.4 epochs", screen, StringComparison.Ordinal);
        Assert.Contains("2/4 · 1 running\n", screen, StringComparison.Ordinal);
        Assert.Contains("6/8 · 1 running · 1 diverged\n", screen, StringComparison.Ordinal);
        Assert.Contains("devices      CPU (2 threads) · 2 of 2 slots busy", screen, StringComparison.Ordinal);
        Assert.Contains("R-001", screen, StringComparison.Ordinal);
        Assert.Contains("0.85", screen, StringComparison.Ordinal);
        Assert.Contains("possible", screen, StringComparison.Ordinal);
        Assert.Contains("inconclusive", screen, StringComparison.Ordinal);
        Assert.Contains("50% LR 0.5", screen, StringComparison.Ordinal);
        Assert.Contains("T-0006", screen, StringComparison.Ordinal);
        Assert.Contains("anneal 33%", screen, StringComparison.Ordinal);
        Assert.Contains("1530", screen, StringComparison.Ordinal);
        Assert.Contains("0:18", screen, StringComparison.Ordinal);
        Assert.Contains("best         validation 90.00% ±0.28 · test 89.50% ±0.28 · 2 seeds", screen, StringComparison.Ordinal);
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
    [InlineData(120, 40)]
    [InlineData(60, 20)]
    public void Of_UsualTerminal_ShowsTrialsRangeTestsDevicesAndEvents(int width, int height)
    {
        string screen = Draw(Crowded(), width, height);

        Assert.All(
            new[] { "fashion[1] running", "~1:35 left", "trials ", "devices ", "best ", "T-0001", "R-0", "event 20", "cells more", "trials more running", "… the silo" },
            text => Assert.Contains(text, screen, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_AnyTerminal_StaysWithinItAndFoldsNothing() => Gen.Select(Gen.Int[20, 200], Gen.Int[4, 70], Gen.Int[0, 5]).Sample((width, height, what) =>
    {
        ScreenModel model = what switch
        {
            0 => Model(SampleSweep.View),
            1 => Model(SampleSweep.View with { Name = new string('n', 64), StatusReason = "because " + new string('r', 90) }),
            2 => Model(SampleSweep.View with { Running = [], Cells = [], RangeTests = new JobCounts(0, 0, 0, 0, 0, 0, 0, 0, 0) }),
            3 => Crowded() with { Notices = [] },
            _ => Crowded(),
        };

        string[] lines = Drawn(model, width, height).TrimEnd().Split('\n');

        Assert.All(lines, line => Assert.True(line.TrimEnd().GetCellWidth() <= width, $"{line.TrimEnd().GetCellWidth()} columns on a terminal of {width}: {line}"));
        Assert.True(lines.Length < height, $"{lines.Length} lines on a terminal of {width} x {height}:\n{string.Join('\n', lines)}");
        Assert.True(height < 8 || lines.Count(line => line.StartsWith("best ", StringComparison.Ordinal)) == 1);
    });

    [Fact]
    public void Of_NarrowTerminal_LeavesOutTheLeastImportantColumns()
    {
        string wide = Headings(Draw(Crowded(), 160, 24));
        string narrow = Headings(Draw(Crowded(), 60, 24));

        Assert.Equal(["trial", "max LR", "dropout", "progress", "phase", "LR", "loss", "accuracy", "img/s", "left", "on"], Words(wide));
        Assert.Equal(["trial", "max LR", "drop", "done", "phase", "LR", "acc", "left"], Words(narrow));

        static string Headings(string screen) => Assert.Single(screen.Split('\n'), line => line.StartsWith("trial ", StringComparison.Ordinal));
        static string[] Words(string line) => Regex.Split(line.Replace("max LR", "max_LR", StringComparison.Ordinal), " +").Select(word => word.Replace('_', ' ')).ToArray();
    }

    [Fact]
    public void Of_SeveralDevices_SaysWhatEachDoes()
    {
        string screen = Draw(Crowded(), 100, 60);

        Assert.Contains("4 · 17 of 32 slots busy · 3 × NVIDIA H100, CPU (8 threads)", screen, StringComparison.Ordinal);
        Assert.Matches(@"gpu-1/cuda:0 +NVIDIA H100 +8/8 +T-0001 T-0002 T-0003 \+5", screen);
        Assert.Matches(@"gpu-2/cuda:0 +NVIDIA H100 +1/8 +1 job of other sweeps", screen);
        Assert.Matches(@"head/cpu +CPU \(8 threads\) +0/8 +idle", screen);
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
        string screen = Draw(Model(cold) with { Devices = [] }, 80, 24);

        Assert.Contains(" 0/6", screen, StringComparison.Ordinal);
        Assert.Contains("best         none yet", screen, StringComparison.Ordinal);
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

        Assert.Contains("paused · 3:07 · by [user]", screen, StringComparison.Ordinal);
    }

    private static ScreenModel Model(SweepView view) => new(
        view,
        SampleSweep.Spec,
        SampleSweep.Devices,
        ImmutableDictionary<int, RampCurve>.Empty.Add(1, RampCurve.Of(SampleSweep.RangeTestCurves(exponential: false))),
        TimeSpan.Zero,
        [],
        TimeZoneInfo.Utc);

    private static ScreenModel Crowded() => Model(SampleSweep.View with
    {
        Cells = [.. Enumerable.Range(1, 60).Select(i => SampleSweep.Cells[0] with { Number = i, Key = new CellKey(16 * i, 1e-4 * i, 0.01 * i) })],
        RangeTests = new JobCounts(60, 0, 0, 0, 60, 0, 0, 0, 0),
        Running =
        [
            .. Enumerable.Range(1, 16).Select(i => SampleSweep.View.Running[1] with
            {
                Key = new JobKey(SampleSweep.Name, JobKind.Trial, i),
                Worker = i <= 8 ? "gpu-1/cuda:0" : "gpu-1/cuda:1",
                Configuration = new Configuration(0.01 * i, 128, 5e-4, 0.2),
            }),
        ],
        Events = [.. Enumerable.Range(1, 20).Select(i => new SweepEventLine(i, SampleSweep.Run.StartedAt, $"event {i} " + string.Join(' ', Enumerable.Repeat("word", 60))))],
    }) with
    {
        Devices =
        [
            .. new[] { ("gpu-1", "cuda:0"), ("gpu-1", "cuda:1"), ("gpu-2", "cuda:0"), ("head", "cpu") }.Select(at => SampleSweep.Devices[0] with
            {
                Key = new WorkerKey(at.Item1, at.Item2),
                Device = at.Item2 == "cpu" ? "CPU (8 threads)" : "NVIDIA H100",
                Slots = 8,
                Running = at.Item1 == "gpu-2" ? [new JobKey("other", JobKind.Trial, 1)] : [],
            }),
        ],
        Notices = ["… the silo died: it was killed (SIGKILL). Its log: /var/lib/sweeper/logs/silo-3.log. Starting a new one; what has finished is kept."],
    };

    private static string Draw(ScreenModel model, int width, int height)
    {
        string screen = Drawn(model, width, height);
        if (Environment.GetEnvironmentVariable("SWEEPER_KEEP_PICTURES") is { Length: > 0 } folder)
        {
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(folder).FullName, $"screen-{width}x{height}-{model.View.Running.Length}.txt"), screen);
        }

        return screen;
    }

    private static string Drawn(ScreenModel model, int width, int height)
    {
        using var console = new TestConsole();
        console.Profile.Width = width;
        console.Profile.Height = height;
        console.Write(SweepScreen.Of(model, height, width));
        return string.Join('\n', console.Output.Split('\n').Select(line => line.TrimEnd()));
    }
}
