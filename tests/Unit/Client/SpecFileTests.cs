using Sweeper.Client;
using Sweeper.Client.Commands;
using Sweeper.Contracts.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Client;

public sealed class SpecFileTests
{
    private const string Smallest = "name: first\ndata: fashion-mnist-10k\nmodel: small-cnn\ntraining: {epochs: 3}\n";

    [Fact]
    public void Read_Missing_SaysSo() => Assert.Contains("does not exist", Refusal("/nowhere/at/all.yaml"), StringComparison.Ordinal);

    [Fact]
    public void Read_Folder_SaysSo()
    {
        using var folder = new TestFolder();
        Assert.Contains("is a folder", Refusal(folder.Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0xFF }, "no UTF-8 text")]
    [InlineData(new byte[] { 0x6E, 0x61, 0x6D, 0x65, 0x00 }, "binary file")]
    public void Read_Binary_SaysSo(byte[] content, string says)
    {
        using var folder = new TestFolder();
        string file = Path.Combine(folder.Path, "spec.yaml");
        File.WriteAllBytes(file, content);

        Assert.Contains(says, Refusal(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EndlessDevice_StopsAtItsLimit()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "This system has no /dev/zero.");
        Assert.Contains("larger than 1 MiB", Refusal("/dev/zero"), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ByteOrderMark_IsNoProblem()
    {
        using var folder = new TestFolder();
        Assert.Equal("first", SpecFile.Read(folder.File("spec.yaml", "\uFEFF" + Smallest)).Name);
    }

    [Fact]
    public void Read_RelativeDataPath_CountsFromTheSpecsFolder()
    {
        using var folder = new TestFolder();
        string text = Smallest.Replace("data: fashion-mnist-10k", "data: {set: image-folder, path: pictures, image_size: 32}", StringComparison.Ordinal);
        SweepSpec spec = SpecFile.Read(folder.File("spec.yaml", text));

        Assert.Equal(Path.Combine(folder.Path, "pictures"), spec.Data.Path);
    }

    [Fact]
    public void Of_SpecWithLists_TakesTheFirstOfEach()
    {
        SweepSpec one = SingleConfiguration.Of(SampleSweep.Spec);

        Assert.Equal(1, SpecSize.Trials(one));
        Assert.Equal(128, Assert.IsType<AxisSpec.Values>(one.Search.BatchSize).List.Single());
        Assert.Equal(new AxisSpec.FromRangeTest(1, 1, 1), one.Search.MaxLearningRate);
    }

    [Theory]
    [InlineData(StoppingRule.CycleHyperband)]
    [InlineData(StoppingRule.SamePhase)]
    public void SingleConfiguration_SpecThatStopsTrialsEarly_RunsItsOneTrialToTheEnd(StoppingRule rule)
    {
        SearchSpec search = SampleSweep.Spec.Search with { Strategy = SearchStrategy.Random, Seeds = 1, Stopping = new StoppingSpec(rule) };

        SweepSpec one = SingleConfiguration.Of(SampleSweep.Spec with { Search = search });

        Assert.Null(one.Search.Stopping);
        Assert.DoesNotContain(SpecValidator.Validate(one), problem => problem.Path.StartsWith("search", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_Interval_AsksForAChoice()
    {
        SweepSpec spec = SampleSweep.Spec with
        {
            Search = SampleSweep.Spec.Search with { WeightDecay = new AxisSpec.Range(1e-5, 1e-2, true, 3), Dropout = new AxisSpec.Range(0, 0.5, false, 3) },
        };
        CliException refusal = Assert.Throws<CliException>(() => SingleConfiguration.Of(spec));

        Assert.Equal(ExitCode.BadInput, refusal.ExitCode);
        Assert.Contains("--weight-decay", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--dropout", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SpecPlan_Grid_CountsCellsTestsTrialsEpochs()
    {
        SpecPlan plan = SpecPlan.Of(SampleSweep.Spec);

        Assert.Equal((4, 4, 16), (plan.Cells, plan.RangeTests, plan.Trials));
        Assert.Equal((16 * 4) + (4 * 2), plan.Epochs);
        Assert.False(plan.CellsAreUpperBound);
    }

    [Fact]
    public void SpecPlan_RandomOverIntervals_HasAtMostACellForEachDraw()
    {
        SweepSpec spec = SampleSweep.Spec with
        {
            Search = SampleSweep.Spec.Search with { Strategy = SearchStrategy.Random, Trials = 9, WeightDecay = new AxisSpec.Range(1e-5, 1e-2, true, 3) },
        };
        SpecPlan plan = SpecPlan.Of(spec);

        Assert.Equal((9, 18), (plan.Cells, plan.Trials));
        Assert.True(plan.CellsAreUpperBound);
    }

    [Theory]
    [InlineData("sweep.yaml", "sweep")]
    [InlineData("/tmp/My Sweep (2).yml", "my-sweep--2")]
    [InlineData("---.yaml", "sweep")]
    [InlineData("Ünïcode.yaml", "n-code")]
    public void NameOf_File_IsANameThatASweepMayHave(string file, string name)
    {
        Assert.Equal(name, InitCommand.NameOf(file));
        Assert.NotEmpty(SpecTemplate.Commented(name));
    }

    private static string Refusal(string path)
    {
        CliException refusal = Assert.Throws<CliException>(() => SpecFile.Read(path));
        Assert.Equal(ExitCode.BadInput, refusal.ExitCode);
        return refusal.Message;
    }
}
