using System.Collections.Immutable;
using Sweeper.Client;
using Sweeper.Client.Following;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Xunit;

namespace Sweeper.Tests.Unit.Client;

public sealed class SweepReportTests
{
    [Fact]
    public void Write_EndedSweep_HasLeaderboardFindingsTroublesAndTheBestToPaste()
    {
        using var terminal = new TestTerminal();
        SweepReport.Write(terminal.Terminal.Out, Ended(SweepStatus.Completed), 112, []);
        string report = terminal.Out;

        Assert.Contains("completed in 1:52 · 8 trials, 1 without a result · small-cnn on fashion-mnist-10k · CPU (2 threads)", report, StringComparison.Ordinal);
        Assert.Contains("Leaderboard by validation accuracy", report, StringComparison.Ordinal);
        Assert.Contains("90.00% ±0.28", report, StringComparison.Ordinal);
        Assert.Contains("R-001", report, StringComparison.Ordinal);
        Assert.Contains("0.041", report, StringComparison.Ordinal);
        Assert.Contains("Accuracy over the top fifth of rates is 0.96 of the best.", report, StringComparison.Ordinal);
        Assert.Contains("T-0008 diverged: loss 1.2e+04 at step 31", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_EightyColumns_FoldsNoTable()
    {
        using var console = new Spectre.Console.Testing.TestConsole();
        console.Profile.Width = 80;
        SweepResults results = Ended(SweepStatus.Completed);
        ImmutableArray<CellRecord> cells = [.. results.Cells.Select(cell => cell with { Key = cell.Key with { BatchSize = 64 * cell.Number, WeightDecay = 1.234e-4 * cell.Number } })];
        SweepReport.Write(console, results with { Cells = cells }, 112, []);

        string row = Assert.Single(console.Output.Split('\n'), line => line.StartsWith("R-002 128", StringComparison.Ordinal));
        Assert.EndsWith("inconclusive", row.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Best_CanBePastedAsASpec()
    {
        using var terminal = new TestTerminal();
        SweepReport.Write(terminal.Terminal.Out, Ended(SweepStatus.Completed), null, []);
        string yaml = terminal.Out[(terminal.Out.IndexOf("as a spec of its own:", StringComparison.Ordinal) + "as a spec of its own:".Length)..];
        SpecReading reading = SpecReader.Read(string.Join('\n', yaml.Split('\n').Select(line => line.Length > 2 ? line[2..] : "")));

        Assert.Empty(reading.Problems);
        Assert.Equal(0.85, Assert.IsType<AxisSpec.Values>(reading.Spec!.Search.MaxLearningRate).List.Single());
    }

    [Theory]
    [InlineData(SweepStatus.Completed, ExitCode.Ok)]
    [InlineData(SweepStatus.Cancelled, ExitCode.Failed)]
    public void ExitCodeOf_SweepWithResults_FollowsItsStatus(SweepStatus status, int code) =>
        Assert.Equal(code, SweepVerdict.ExitCodeOf(Ended(status)));

    [Fact]
    public void ExitCodeOf_NoTrialCompleted_IsAFailure()
    {
        SweepResults results = Ended(SweepStatus.Completed);

        Assert.Equal(ExitCode.Failed, SweepVerdict.ExitCodeOf(results with { Trials = [.. results.Trials.Where(trial => trial.Score is null)] }));
        Assert.Equal(
            ExitCode.Ok,
            SweepVerdict.ExitCodeOf(results with { Trials = [], Spec = results.Spec with { Purpose = SweepPurpose.RangeTestsOnly } }));
    }

    [Theory]
    [InlineData("aa", "aa", ExitCode.Ok)]
    [InlineData("aa", "bb", ExitCode.Failed)]
    public void ExitCodeOf_ResumeCheck_ComparesTheWeights(string whole, string resumed, int code)
    {
        SweepResults results = Ended(SweepStatus.Completed);
        TrialRecord trial = results.Trials[0] with
        {
            Outcome = new JobOutcome.ResumeChecked(17, whole, resumed, results.Trials[0].Score!),
        };

        Assert.Equal(code, SweepVerdict.ExitCodeOf(results with { Trials = [trial], Spec = results.Spec with { Purpose = SweepPurpose.ResumeCheck } }));
    }

    [Fact]
    public void PlainDisplay_ViewsThatRepeatEvents_WritesEachOnceWithoutControlCodes()
    {
        using var output = new StringWriter();
        var display = new PlainDisplay(output, TimeSpan.FromHours(1));
        var model = new ScreenModel(
            SampleSweep.View, SampleSweep.Spec, SampleSweep.Devices, ImmutableDictionary<int, RampCurve>.Empty, TimeSpan.Zero, [], TimeZoneInfo.Utc);
        for (int i = 0; i < 50; i++)
        {
            display.Show(model with { View = model.View with { ActiveSeconds = 187 + i } });
        }

        string[] lines = output.ToString().TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Equal("09:02:40 T-0005 completed: validation 88.70%, test 88.10% (0:41)", lines[0].TrimEnd());
        Assert.Equal("fashion[1] running 3:07 · range tests 2/4 · 1 running · trials 6/8 · 1 running · 1 diverged · best 90.00% · ~1:35 left", lines[2].TrimEnd());
        Assert.DoesNotContain('\u001b', output.ToString());
    }

    [Fact]
    public void JobDetails_Trial_SaysEnoughToRunItAgain()
    {
        using var terminal = new TestTerminal();
        JobDetails.Write(terminal.Terminal.Out, SampleSweep.Name, SampleSweep.Trials[2], SampleSweep.TrialCurves(0.85, 0.9), TimeZoneInfo.Utc);

        foreach (string part in (string[])["fashion[1]/T-0003", "lr 0.85", "90.20%", "c0ffee", "61,706", "Sweeper 0.1.0", "2026-11-23 09:00", "▁"])
        {
            Assert.Contains(part, terminal.Out, StringComparison.Ordinal);
        }
    }

    private static SweepResults Ended(SweepStatus status) => SampleSweep.Results with
    {
        Summary = SampleSweep.Summary with { Status = status },
        Spec = SampleSweep.Spec with { Name = "fashion" },
    };
}
