using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Workers.External;
using Xunit;

namespace Sweeper.Tests.Unit.Specs;

/// <summary>Specs with a program of the user's own.</summary>
public sealed class TrainerSpecTests
{
    private const string Text = """
        name: mine
        trainer: {command: [python3, train.py, --lr, "{max_lr}", 1, "a: b"], train_examples: 100, validation_examples: 20, classes: 10, workdir: /x, files: [m.py], env: {B: 2, A: "x=y"}, timeout: 1h, grace: 3s}
        training: {epochs: 2}
        search: {space: {max_lr: 0.1, batch_size: 10, weight_decay: 0, dropout: 0}}
        """;

    private static readonly Configuration At = new(0.1, 10, 0, 0);

    [Fact]
    public void Read_Trainer_StandsInPlaceOfModelAndData()
    {
        SweepSpec spec = Good.Read(Text);

        Assert.Equal(["python3", "train.py", "--lr", "{max_lr}", "1", "a: b"], spec.Trainer!.Command);
        Assert.Equal(["A=x=y", "B=2"], spec.Trainer.Environment);
        Assert.Equal((KnownNames.External, KnownNames.External), (spec.Model.Name, spec.Data.Set));
        Assert.Empty(SpecValidator.Validate(spec));
        Assert.Equal(spec, Good.Read(SpecYaml.Write(spec)));
        SweepSpec stored = SpecJson.Read(SpecJson.Write(spec with { Trainer = spec.Trainer with { Content = "ab" } }));
        Assert.Equal(spec with { Trainer = spec.Trainer with { Content = "ab" } }, stored);
        Assert.DoesNotContain("trainer", SpecJson.Write(Good.Read(Good.Text)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Validate_DataThatAreNotTheTrainers_IsRefused()
    {
        SweepSpec spec = Good.Read(Text);

        Assert.NotEmpty(SpecValidator.Validate(spec with { Data = new DataSpec("mnist") }));
        Assert.NotEmpty(SpecValidator.Validate(spec with { Model = new ModelSpec("mlp") }));
        Assert.NotEmpty(SpecValidator.Validate(spec with { Trainer = spec.Trainer! with { Environment = ["no"] } }));
    }

    [Fact]
    public void Identity_Trainer_CountsWhatDecidesNumbersOnly()
    {
        SweepSpec spec = Good.Read(Text);
        string first = Of(spec.Trainer! with { Content = "a" });

        Assert.NotEqual(first, Of(spec.Trainer! with { Content = "b" }));
        Assert.NotEqual(first, Of(spec.Trainer! with { Content = "a", Command = ["python3", "train.py"] }));
        Assert.NotEqual(first, Of(spec.Trainer! with { Content = "a", Environment = ["A=2"] }));
        Assert.Equal(first, Of(spec.Trainer! with { Content = "a", Workdir = "/y", Timeout = null, Grace = TimeSpan.FromSeconds(1) }));
        Assert.NotEqual(Of(spec.Trainer!), Of(spec.Trainer! with { Workdir = "/y" }));

        string Of(TrainerSpec trainer) => JobIdentity.OfTrial(spec with { Trainer = trainer }, At, 1, null);
    }

    [Theory]
    [InlineData("--lr={max_lr}", "--lr=0.5")]
    [InlineData("{{max_lr}} {max_lr}", "{max_lr} 0.5")]
    [InlineData("{\"a\": 1}", "{\"a\": 1}")]
    public void Placeholder_InArgument_IsFilled(string argument, string filled) =>
        Assert.Equal(filled, CommandPlaceholders.Fill(argument, new Dictionary<string, string> { ["max_lr"] = "0.5" }));

    [Theory]
    [InlineData("none", false, 0)]
    [InlineData("", false, 0)]
    [InlineData("any", true, 0)]
    [InlineData("/a:/b/c", false, 2)]
    public void Permission_Text_IsRead(string text, bool any, int listed)
    {
        PermittedCommands permitted = PermittedCommands.Read(text)!;
        Assert.Equal((any, listed), (permitted.Any, permitted.Listed.Length));
    }

    [Theory]
    [InlineData("some")]
    [InlineData("python3:/a")]
    public void Permission_NoPath_IsRefused(string text) => Assert.Null(PermittedCommands.Read(text));

    [Fact]
    public void Permission_Listed_FollowsLinksAndRefusesVariables()
    {
        string root = Directory.CreateTempSubdirectory("sweeper-commands-").FullName;
        try
        {
            string inside = Directory.CreateDirectory(Path.Combine(root, "in")).FullName;
            string program = Path.Combine(inside, "train");
            File.WriteAllText(program, "");
            string link = Path.Combine(inside, "link");
            File.CreateSymbolicLink(link, "/bin/sh");
            PermittedCommands permitted = PermittedCommands.Read(inside)!;
            TrainerSpec trainer = Good.Read(Text).Trainer! with { Workdir = inside, Environment = [] };

            Assert.Empty(permitted.Check(trainer, program));
            Assert.NotEmpty(permitted.Check(trainer, link));
            Assert.NotEmpty(permitted.Check(trainer with { Workdir = root }, program));
            Assert.NotEmpty(permitted.Check(trainer with { Environment = ["LD_PRELOAD=x"] }, program));
            Assert.NotEmpty(PermittedCommands.None.Check(trainer, program));
            Assert.Empty(PermittedCommands.All.Check(trainer with { Environment = ["A=x"], Workdir = root }, link));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
