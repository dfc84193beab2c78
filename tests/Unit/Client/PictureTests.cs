using SkiaSharp;
using Sweeper.Client.Plotting;
using Sweeper.Contracts.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Client;

public sealed class PictureTests
{
    public static TheoryData<string> All => [.. Pictures().Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void ToPng_AnyPicture_IsAnImageWithTextAndData(string which)
    {
        using Picture picture = Pictures()[which]();
        byte[] png = picture.ToPng();
        Keep(which + ".png", png);

        using SKBitmap bitmap = SKBitmap.Decode(png);
        Assert.True(bitmap.Width >= 1200);
        for (int i = 0; i < picture.Plots.Count; i++)
        {
            int colours = ColoursIn(bitmap, picture, i);
            Assert.True(colours > 50, $"plot {i}: {colours} colours, nothing was drawn");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ToSvg_AnyPicture_KeepsItsTextAndNamesItsFont(string which)
    {
        using Picture picture = Pictures()[which]();
        string svg = System.Text.Encoding.UTF8.GetString(picture.ToSvg());
        Keep(which + ".svg", picture.ToSvg());

        Assert.Contains("font-family=\"DejaVu Sans, Verdana, sans-serif\"", svg, StringComparison.Ordinal);
        var parsed = System.Xml.Linq.XDocument.Parse(svg);
        Assert.Equal("svg", parsed.Root!.Name.LocalName);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ToSvg_AnyPicture_HasNoBlackGround(string which)
    {
        using Picture picture = Pictures()[which]();
        var svg = System.Xml.Linq.XDocument.Parse(System.Text.Encoding.UTF8.GetString(picture.ToSvg())).Root!;

        Assert.DoesNotContain(
            svg.Descendants().Where(element => element.Name.LocalName == "rect" && element.Parent!.Name.LocalName != "clipPath"),
            rect => rect.Attribute("fill") is null && rect.Attribute("width")?.Value == svg.Attribute("width")!.Value);
    }

    [Fact]
    public void HyperparameterPicture_NothingVaries_IsLeftOut()
    {
        Assert.Null(HyperparameterPicture.Of("s", SampleSweep.Trials.Take(2), SelectionSet.Validation));
    }

    [Fact]
    public void EmbeddedFont_Letters_ComeFromTheAssembly()
    {
        EmbeddedFont.Install();
        SKTypeface typeface = ScottPlot.Fonts.GetTypeface("No Such Font Anywhere", ScottPlot.FontWeight.Normal, ScottPlot.FontSlant.Upright, ScottPlot.FontSpacing.Normal);

        Assert.Equal(EmbeddedFont.Family, typeface.FamilyName);
        Assert.True(typeface.ContainsGlyphs("learning rate · ±▼"));
    }

    private static Dictionary<string, Func<Picture>> Pictures() => new()
    {
        ["range-test-smith"] = () => RangeTestPicture.Of("r", SampleSweep.Cells[0], SampleSweep.RangeTestCurves(exponential: false), RangeTestMethod.Smith),
        ["range-test-fastai"] = () => RangeTestPicture.Of("r", SampleSweep.Cells[0], SampleSweep.RangeTestCurves(exponential: true), RangeTestMethod.Fastai),
        ["schedule"] = () => SchedulePicture.Of("T-0003", SampleSweep.Trials[2].Configuration, SampleSweep.TrialCurves(0.85, 0.9)),
        ["curves"] = () => CurvesPicture.Of(
            SampleSweep.Name,
            [.. Enumerable.Range(1, 5).Select(i => new LabelledCurves($"T-000{i} lr 0.{i} batch 128", SampleSweep.TrialCurves(0.2 * i, 0.87 + (0.006 * i))))]),
        ["hyperparameters"] = () => HyperparameterPicture.Of(SampleSweep.Name, SampleSweep.Trials, SelectionSet.Validation)!,
    };

    private static int ColoursIn(SKBitmap bitmap, Picture picture, int plot)
    {
        int rows = (picture.Plots.Count + picture.Columns - 1) / picture.Columns;
        (int width, int height) = (bitmap.Width / picture.Columns, bitmap.Height / rows);
        (int left, int top) = (plot % picture.Columns * width, plot / picture.Columns * height);
        return Enumerable.Range(0, width * height / 9)
            .Select(i => bitmap.GetPixel(left + (3 * i % width), Math.Min(bitmap.Height - 1, top + (3 * i / width * 3))))
            .Distinct()
            .Count();
    }

    // For the eye: SWEEPER_KEEP_PICTURES names a folder.
    private static void Keep(string name, byte[] content)
    {
        if (Environment.GetEnvironmentVariable("SWEEPER_KEEP_PICTURES") is { Length: > 0 } folder)
        {
            File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(folder).FullName, name), content);
        }
    }
}
