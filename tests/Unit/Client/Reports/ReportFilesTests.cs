using System.Xml.Linq;
using Sweeper.Client;
using Sweeper.Client.Reports;
using Sweeper.Client.Reports.Drawing;
using Sweeper.Client.Reports.Model;
using Sweeper.Client.Reports.Writing;
using Sweeper.Contracts.Jobs;
using Xunit;

namespace Sweeper.Tests.Unit.Client.Reports;

public sealed class ReportFilesTests
{
    [Fact]
    public async Task WriteAsync_Markdown_HasEveryFigureBesideIt()
    {
        using var folder = new TestFolder();
        Report report = ReportBuilder.Of(SampleReport.Of(SampleSweep.Results, SampleReport.Analysis));
        ReportTarget target = ReportTarget.Of(Path.Combine(folder.Path, "my report.md"), "unused", null, force: false);

        await ReportFiles.WriteAsync(report, target);

        string text = await File.ReadAllTextAsync(target.File, TestContext.Current.CancellationToken);
        Assert.NotEmpty(report.Figures);
        foreach (ReportBlock.Figure figure in report.Figures)
        {
            Assert.Contains($"](my%20report-figures/{figure.Name}.svg)", text, StringComparison.Ordinal);
            Assert.Equal("svg", XDocument.Load(Path.Combine(folder.Path, "my report-figures", $"{figure.Name}.svg")).Root!.Name.LocalName);
        }

        Assert.Equal(report.Sections.Select(section => $"## {section.Title}"), text.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("<b>&", "&lt;b&gt;&amp;")]
    [InlineData("a|b", "a\\|b")]
    [InlineData("![x](y)", "\\!\\[x\\](y)")]
    [InlineData("two\nlines # `c`", "two lines \\# \\`c\\`")]
    public void MarkdownText_AwkwardText_IsShownAsItIs(string text, string escaped) => Assert.Equal(escaped, MarkdownText.Of(text));

    [Fact]
    public void MarkdownText_TextWithAFence_GetsALongerOne() => Assert.Equal("`````", MarkdownText.FenceFor("a ```` b"));

    [Theory]
    [InlineData(null, null, "results/s/report.html", "Html")]
    [InlineData(null, "Markdown", "results/s/report.md", "Markdown")]
    [InlineData("new/", null, "new/report.html", "Html")]
    [InlineData("page.md", null, "page.md", "Markdown")]
    [InlineData("page.txt", "Markdown", "page.txt", "Markdown")]
    [InlineData("page.html", null, "page.html", "Html")]
    public void ReportTarget_PathAndFormat_DecideFileAndForm(string? given, string? format, string file, string form)
    {
        using var folder = new TestFolder();

        ReportTarget target = ReportTarget.Of(
            given is null ? null : Path.Combine(folder.Path, given), Path.Combine(folder.Path, "results", "s"), format is null ? null : Enum.Parse<ReportFormat>(format), force: false);

        Assert.Equal(Path.Combine(folder.Path, file), target.File);
        Assert.Equal(form, target.Format.ToString());
    }

    [Fact]
    public void ReportTarget_FileThatExists_IsReplacedOnlyOnRequest()
    {
        using var folder = new TestFolder();
        string file = folder.File("page.html", "mine");

        Assert.Equal(ExitCode.BadInput, Assert.Throws<CliException>(() => ReportTarget.Of(file, "unused", null, force: false)).ExitCode);
        Assert.Equal(file, ReportTarget.Of(file, "unused", null, force: true).File);
    }

    [Fact]
    public void CurveThinning_LongRun_KeepsItsEndsAndEveryReading()
    {
        int[] step = [.. Enumerable.Range(1, 10_000)];
        double[] line = [.. step.Select(i => (double)i)];
        Evaluation[] readings = [new Evaluation(37, EvaluationSet.Validation, 1, 0.5), new Evaluation(9_998, EvaluationSet.Test, 1, 0.6)];

        JobCurves thinned = CurveThinning.Of(new JobCurves(step, line, line, line, line, readings));

        Assert.InRange(thinned.Step.Length, CurveThinning.Points / 2, CurveThinning.Points + 4);
        Assert.All(new[] { 1, 37, 9_998, 10_000 }, kept => Assert.Contains(kept, thinned.Step));
        Assert.Equal(thinned.Step.Select(i => (double)i), thinned.TrainLoss);
    }
}
