using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Sweeper.Client.Reports;
using Sweeper.Client.Reports.Writing;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Xunit;

namespace Sweeper.Tests.Unit.Client.Reports;

public sealed partial class HtmlWriterTests
{
    private const string Hostile = "<script>alert('x')</script><img src=http://evil/a onerror=\"x()\">&amp; ]]> \u0001\u202E | `code`";

    // The elements that HTML never closes; every other one must be.
    private static readonly string[] AlwaysEmpty = ["meta", "br", "hr", "img", "link", "input"];

    [Fact]
    public void Write_AnySweep_IsWellFormedWithoutScriptAndWithoutReferenceToAnythingOutside()
    {
        foreach (ReportMaterial material in new[]
        {
            SampleReport.Material, SampleReport.Of(SampleSweep.Results, SampleReport.Analysis),
            SampleReport.Of(SampleSweep.Results with { Cells = [], Trials = [] }), SampleReport.Of(Hostilely()),
        })
        {
            string html = Write(material);
            XElement root = Parse(html);

            Assert.DoesNotContain(root.Descendants(), element => element.Name.LocalName is "script" or "iframe" or "object" or "link" or "base" or "form");
            Assert.DoesNotContain(root.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase));
            Assert.All(
                root.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "href" or "src" or "srcset" or "action" or "data" or "xlink:href"),
                attribute => Assert.True(attribute.Value.StartsWith('#') || attribute.Value.StartsWith("data:image/", StringComparison.Ordinal), attribute.ToString()));
            Assert.DoesNotMatch(OutsideOfStyle(), html);
            Assert.DoesNotMatch(ShortElement(), html);
        }
    }

    [Fact]
    public void Write_Report_IdsAreUniqueAndEveryLinkWithinLeadsSomewhere()
    {
        XElement root = Parse(Write(SampleReport.Of(SampleSweep.Results, SampleReport.Analysis)));
        string[] ids = [.. root.Descendants().Attributes("id").Select(id => id.Value)];

        Assert.Equal(ids.Distinct().Count(), ids.Length);
        Assert.All(root.Descendants().Attributes().Where(attribute => attribute.Name.LocalName == "href"), link => Assert.Contains(link.Value[1..], ids));
        Assert.All(
            root.Descendants().Attributes().SelectMany(attribute => InnerUrl().Matches(attribute.Value)),
            match => Assert.Contains(match.Groups[1].Value, ids));
    }

    [Fact]
    public void Write_Report_TellsAScreenReaderWhatItsDrawingsAndTablesAre()
    {
        XElement root = Parse(Write(SampleReport.Of(SampleSweep.Results, SampleReport.Analysis)));

        Assert.Equal("en", root.Attribute("lang")!.Value);
        Assert.All(root.Descendants("figure"), figure =>
        {
            Assert.False(string.IsNullOrWhiteSpace(figure.Element("figcaption")!.Value));
            XElement drawing = figure.Descendants().First(element => element.Name.LocalName == "svg");
            Assert.Equal("img", drawing.Attribute("role")!.Value);
            Assert.False(string.IsNullOrWhiteSpace(drawing.Attribute("aria-label")!.Value));
        });
        Assert.All(root.Descendants("table"), table =>
        {
            Assert.False(string.IsNullOrWhiteSpace(table.Element("caption")!.Value));
            Assert.All(table.Element("thead")!.Descendants("th"), header => Assert.Equal("col", header.Attribute("scope")!.Value));
            Assert.All(table.Element("tbody")!.Elements("tr"), row => Assert.Equal("row", row.Element("th")!.Attribute("scope")!.Value));
        });
    }

    [Fact]
    public void Write_HostileNameAndErrors_AreShownAsTextOnly()
    {
        string html = Write(SampleReport.Of(Hostilely()));

        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain('\u0001', html);
        Assert.DoesNotContain('\u202E', html);
        Assert.Contains("alert('x')", Parse(html).Descendants("h1").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ThreeHundredTrials_StaysBelowThreeMegabytes()
    {
        byte[] html = HtmlWriter.Write(ReportBuilder.Of(SampleReport.Of(SampleReport.Large(300), SampleReport.Analysis)));
        Keep("report-large.html", html);

        Assert.InRange(html.Length, 1, 3_000_000);
    }

    [Fact]
    public void Write_DarkNarrowAndPrinted_HaveTheirOwnStyle()
    {
        foreach (string part in (string[])["prefers-color-scheme: dark", "@media print", "max-width: 40rem", "color-scheme: light dark"])
        {
            Assert.Contains(part, HtmlStyle.Sheet, StringComparison.Ordinal);
        }

        Assert.Equal(-1, HtmlStyle.Sheet.AsSpan().IndexOfAny("<>&"));
    }

    private static SweepResults Hostilely() => SampleSweep.Results with
    {
        Summary = SampleSweep.Summary with { Name = Hostile, Model = Hostile, StatusReason = Hostile, Status = SweepStatus.Cancelled },
        Spec = SampleSweep.Spec with { Name = Hostile },
        Cells = [.. SampleSweep.Cells.Select(cell => cell.Findings is { } found ? cell with { Outcome = new JobOutcome.RangeTested(found with { Evidence = Hostile }) } : cell)],
        Trials = [.. SampleSweep.Trials, SampleSweep.Trials[7] with { Number = 10, Outcome = new JobOutcome.Failed(Hostile), Run = SampleSweep.Run with { Device = Hostile } }],
    };

    private static string Write(ReportMaterial material)
    {
        byte[] html = HtmlWriter.Write(ReportBuilder.Of(material));
        Keep($"report-{(material.Analysis is null ? "plain" : "analysed")}.html", html);
        return Encoding.UTF8.GetString(html);
    }

    private static XElement Parse(string html)
    {
        Assert.StartsWith("<!DOCTYPE html>\n", html, StringComparison.Ordinal);
        XElement root = XDocument.Parse(html).Root!;
        Assert.All(root.Descendants().Where(element => element.IsEmpty && element.Name.NamespaceName.Length == 0), element => Assert.Contains(element.Name.LocalName, AlwaysEmpty));
        return root;
    }

    // For the eye: SWEEPER_KEEP_PICTURES names a folder.
    private static void Keep(string name, byte[] content)
    {
        if (Environment.GetEnvironmentVariable("SWEEPER_KEEP_PICTURES") is { Length: > 0 } folder)
        {
            File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(folder).FullName, name), content);
        }
    }

    [GeneratedRegex(@"(url\(\s*['""]?(?!#)|@import)", RegexOptions.IgnoreCase)]
    private static partial Regex OutsideOfStyle();

    [GeneratedRegex(@"<(div|span|p|td|th|li|h1|h2|section|figcaption|caption|code|pre)\s*/>")]
    private static partial Regex ShortElement();

    [GeneratedRegex(@"url\(#([^)]*)\)")]
    private static partial Regex InnerUrl();
}
