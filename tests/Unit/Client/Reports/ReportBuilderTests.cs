using System.Collections.Immutable;
using Sweeper.Client.Reports;
using Sweeper.Client.Reports.Model;
using Sweeper.Client.Reports.Sections;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Xunit;

namespace Sweeper.Tests.Unit.Client.Reports;

public sealed class ReportBuilderTests
{
    private static readonly string[] Order =
        ["verdict", "range-tests", "heat-maps", "schedule", "curves", "stopping", "configurations", "importance", "leaderboard", "troubles", "next", "repeat"];

    [Fact]
    public void Of_AnySweep_HasEverySectionInOrderWithSomethingBelowEach()
    {
        SweepResults nothing = SampleSweep.Results with { Cells = [], Trials = [] };
        SweepResults onlyTests = SampleSweep.Results with { Trials = [], Spec = SampleSweep.Spec with { Purpose = SweepPurpose.RangeTestsOnly } };
        foreach (SweepResults results in new[] { SampleSweep.Results, nothing, onlyTests, AllDiverged() })
        {
            Report report = ReportBuilder.Of(SampleReport.Of(results));

            Assert.Equal(
                Order.Where(id => id != "stopping" || results.Spec.Purpose == SweepPurpose.Search), // range tests alone search nothing
                report.Sections.Select(section => section.Id));
            Assert.All(report.Sections, section => Assert.NotEmpty(section.Blocks));
        }
    }

    [Fact]
    public void Of_SweepWithSeeds_SaysTheBestWithItsSpreadAndThatTheTopTwoAreNotSeparated()
    {
        string verdict = Words(SampleReport.Material, "verdict");

        Assert.Contains("max LR 0.85 · batch 128 · wd 5e-4 · dropout 0", verdict, StringComparison.Ordinal);
        Assert.Contains("validation accuracy 90.00% ±0.28, test accuracy 89.50% ±0.28 (n = 2", verdict, StringComparison.Ordinal);
        Assert.Contains("Possible in part of the space", verdict, StringComparison.Ordinal);
        Assert.Contains("has not ended", verdict, StringComparison.Ordinal);
        Assert.DoesNotContain("optimistic", verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_TrialsThatTookDifferently_DrawsTheParetoFrontAfterTheLeaderboard()
    {
        ReportMaterial material = SampleReport.Of(SampleSweep.Results with
        {
            Trials = [.. SampleSweep.Results.Trials.Select(trial => trial with { Run = trial.Run is null ? null : trial.Run with { Seconds = 10 + trial.Number } })],
        });

        Report report = ReportBuilder.Of(material);
        ReportSection section = Assert.Single(report.Sections, section => section.Id == "pareto");
        ReportBlock.Figure figure = Assert.IsType<ReportBlock.Figure>(Assert.Single(section.Blocks)); // one network, so no front of parameters
        var front = ParetoFront.Of(material.Rows, material.Results.Trials, material.Results.Spec.Search.Ranking, ParetoCost.Seconds);

        Assert.Equal("leaderboard", report.Sections[report.Sections.IndexOf(section) - 1].Id);
        Assert.Equal(front.All.Length, figure.Svg.Elements().Count(element => element.Name.LocalName == "circle"));
        Assert.Contains("validation accuracy against training time", figure.Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AnotherObjective_IsWhatTheReportGoesBy()
    {
        SweepSpec spec = SampleSweep.Spec with { Search = SampleSweep.Spec.Search with { Objective = Metric.LogLoss } };
        ReportMaterial material = SampleReport.Of(SampleSweep.Results with
        {
            Spec = spec,
            Trials = [.. SampleSweep.Results.Trials.Select(trial => trial.Outcome is JobOutcome.Trained trained
                ? trial with { Outcome = trained with { Score = trained.Score with { ValidationMetrics = new TrialMetrics(trial.Number, 0.99, 0.8, 0.7), TestMetrics = new TrialMetrics(trial.Number, 0.98, 0.79, 0.69) } } }
                : trial)],
        });

        Assert.Contains("the best validation log loss", Words(material, "verdict"), StringComparison.Ordinal);
        Assert.DoesNotContain("It leads the second", Words(material, "verdict"), StringComparison.Ordinal); // which is of accuracy
        Assert.Contains("Configurations by mean validation log loss; columns and bars are accuracies", Words(material, "leaderboard"), StringComparison.Ordinal);
        Assert.Equal(material.Rows.Select(row => row.ValidationMetrics!.LogLoss).Order(), material.Rows.Select(row => row.ValidationMetrics!.LogLoss));
    }

    [Fact]
    public void Of_SelectedByTest_WarnsAndAdvisesValidation()
    {
        ReportMaterial material = SampleReport.Of(SampleSweep.Results with
        {
            Spec = SampleSweep.Spec with { Search = SampleSweep.Spec.Search with { SelectBy = SelectionSet.Test } },
        });

        Assert.Contains("optimistic", Words(material, "verdict"), StringComparison.Ordinal);
        Assert.Contains("search.select_by", Words(material, "next"), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_BestAtTheTopOfItsCellWithAnInconclusiveTest_AdvisesAHigherBoundAndALongerRamp()
    {
        string next = Words(SampleReport.Material, "next");

        Assert.Contains("raise high of search.space.max_lr", next, StringComparison.Ordinal);
        Assert.Contains("range_test.epochs to 8", next, StringComparison.Ordinal);
        Assert.Contains("R-002", next, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_LargerRateOfTheCellDiverged_DoesNotAdviseAHigherBound()
    {
        TrialRecord beyond = SampleSweep.Trials[7] with { Number = 9, Cell = 1, Configuration = SampleSweep.Trials[2].Configuration with { MaxLearningRate = 2 } };

        string next = Words(SampleReport.Of(SampleSweep.Results with { Trials = SampleSweep.Trials.Add(beyond) }), "next");

        Assert.DoesNotContain("Extend max LR", next, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AllDiverged_SaysThatThereIsNoBestAndWhatWentWrong()
    {
        ReportMaterial material = SampleReport.Of(AllDiverged());

        Assert.Contains("no trial ran to its end", Words(material, "verdict"), StringComparison.Ordinal);
        Assert.Contains("loss 1.2e+04", Words(material, "troubles"), StringComparison.Ordinal);
        Assert.Contains("pull_back", Words(material, "next"), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_HeatMap_LeavesSquaresWithoutATrialBlankAndMarksTheBest()
    {
        ReportBlock.Table map = Section(SampleReport.Material, "heat-maps").Blocks.OfType<ReportBlock.Table>().First();
        ReportCell[] cells = [.. map.Rows.SelectMany(row => row)];

        Assert.Single(cells.OfType<ReportCell.Shaded>(), cell => cell.IsBest && cell.Words == "90.0 ★");
        Assert.Contains(cells, cell => cell is ReportCell.Blank { Words: "×" });
    }

    [Fact]
    public void ValueBin_NearRatesAndManyRates_ShareBinsThatHoldEachValueOnce()
    {
        Assert.Equal(2, ValueBin.Of([0.069, 0.0695, 0.22], mergeNear: true).Length);
        Assert.Equal(3, ValueBin.Of([0.069, 0.0695, 0.22], mergeNear: false).Length);
        double[] many = [0, .. Enumerable.Range(0, 40).Select(i => 0.001 * Math.Pow(1.3, i))];
        ImmutableArray<ValueBin> bins = ValueBin.Of(many, mergeNear: true);
        Assert.InRange(bins.Length, 2, 8);
        Assert.All(many, value => Assert.Single(bins, bin => bin.Holds(value)));
    }

    [Fact]
    public void Of_Analysis_PutsItsClaimsIntoTheVerdictAndItsPartsIntoTheirSection()
    {
        ReportMaterial material = SampleReport.Of(SampleSweep.Results, SampleReport.Analysis);
        string importance = Words(material, "importance");

        Assert.Contains("not significant", Words(material, "verdict"), StringComparison.Ordinal);
        Assert.Contains("Chosen by validation accuracy among 3", Words(material, "verdict"), StringComparison.Ordinal);
        foreach (string part in (string[])["max LR 62% (48–71)", "0.89 of the variance", "edge", "−0.41 (−0.80 to −0.02)", "agree", "512"])
        {
            Assert.Contains(part, importance, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_ManyCells_DrawsTwelveRangeTestsAndListsAll()
    {
        ReportSection section = Section(SampleReport.Of(SampleReport.Large(30)), "range-tests");

        Assert.Equal(12, section.Blocks.OfType<ReportBlock.Figure>().Count());
        Assert.Equal(15, Assert.Single(section.Blocks.OfType<ReportBlock.Table>()).Rows.Length);
    }

    [Fact]
    public void Of_Spec_CanBeReadBack()
    {
        ReportBlock.Code yaml = Section(SampleReport.Material, "repeat").Blocks.OfType<ReportBlock.Code>().First(code => code.Language == "yaml");

        Assert.Empty(SpecReader.Read(yaml.Text).Problems);
    }

    private static SweepResults AllDiverged() => SampleSweep.Results with
    {
        Trials = [.. SampleSweep.Trials.Select(trial => trial with
        {
            Status = JobStatus.Done,
            Configuration = trial.Configuration with { MaxLearningRate = 3 },
            Outcome = new JobOutcome.Diverged(31, 1.9, "loss 1.2e+04 at step 31"),
        })],
    };

    private static ReportSection Section(ReportMaterial material, string id) => ReportBuilder.Of(material).Sections.Single(section => section.Id == id);

    private static string Words(ReportMaterial material, string id) => string.Join('\n', Section(material, id).Blocks.SelectMany(Words));

    private static IEnumerable<string> Words(ReportBlock block) => block switch
    {
        ReportBlock.Paragraph paragraph => [$"{paragraph.Lead} {paragraph.Words}"],
        ReportBlock.Note note => [note.Words],
        ReportBlock.Bullets bullets => bullets.Items.SelectMany(Words),
        ReportBlock.Facts facts => facts.Items.Select(item => item.Value),
        ReportBlock.Code code => [code.Text],
        ReportBlock.Table table => table.Rows.SelectMany(row => row.Select(cell => cell.Words)).Prepend(table.Caption),
        ReportBlock.Figure figure => [figure.Caption, figure.Alt],
        _ => [],
    };
}
