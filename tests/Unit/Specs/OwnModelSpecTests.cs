using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Specs;

/// <summary>Specs whose model is a user's own, and the axes of its settings.</summary>
public sealed class OwnModelSpecTests
{
    private static readonly string Hash = new('a', 64);

    /// <summary>Model and search of a spec; path and fragment of the one problem.</summary>
    public static TheoryData<string, string, string, string> Bad => new()
    {
        { "{name: my-net, plugin: a/b}", "{}", "model.plugin", "must be name of a plug-in" },
        { "{name: my-net}", "{}", "model.name", "no model of that name is known" },
        { "{name: mlp, settings: {width: 3}}", "{}", "model.settings", "has an effect only with model.plugin" },
        { "{name: my-net, plugin: a, init: xavier_normal}", "{}", "model.init", "has an effect only without model.plugin" },
        { "{name: mlp, init: from_file}", "{}", "model.init", "is for a model.script" },
        { "{name: my-net, script: a.pt, init: xavier_normal}", "{}", "model.init", "is not for a model.script" },
        { "{name: my-net, script: a.pt, batch_norm_momentum: 0.2}", "{}", "model.batch_norm_momentum", "is not for a model.script" },
        { "{name: my-net, script: a.pt, plugin: a}", "{}", "model.script", "has an effect only without model.plugin" },
        { "{name: my-net, script: a.pt, script_sha256: 12ab}", "{}", "model.script_sha256", "must be 64 hexadecimal digits" },
        { "{name: my-net, script: a.pt, settings: {width: 3}}", "{}", "model.settings", "has an effect only with model.plugin" },
        { "{name: my-net, plugin: a, plugin_sha256: 12ab}", "{}", "model.plugin_sha256", "must be 64 hexadecimal digits" },
        { "{name: my-net, plugin: a, settings: [3]}", "{}", "model.settings", "not a list" },
        { "{name: my-net, plugin: a, settings: {Width: 3}}", "{}", "model.settings.Width", "is no name of a hyperparameter" },
        { "{name: my-net, plugin: a, settings: {width: [3, 3]}}", "{}", "model.settings.width[1]", "is listed twice" },
        { "{name: my-net, plugin: a, settings: {width: [3, wide]}}", "{}", "model.settings.width[1]", "must be a number" },
        { "{name: my-net, plugin: a, settings: {width: [a, a]}}", "{}", "model.settings.width", "lists a word twice" },
        { "{name: my-net, plugin: a, settings: {width: }}", "{}", "model.settings.width", "not nothing" },
        { "{name: my-net, plugin: a, settings: {width: {min: 3, max: 9}}}", "{}", "model.settings.width", "needs the number of values that a grid takes" },
        { "{name: my-net, plugin: a, settings: {width: {values: [1, 2], when: {batch_size: 128}}}}", "{}", "model.settings.width.when", "is not for a model's own" },
        { "{name: my-net, plugin: a, settings: {width: [3, 4]}}", "{strategy: super_convergence}", "model.settings.width", "must be one value with strategy super_convergence" },
        { "{name: my-net, plugin: a, settings: {width: [3, 4]}}", "{strategy: pbt, space: {max_lr: {log: [0.1, 1]}}}", "model.settings.width", "must be one value with strategy pbt" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Read_BadOwnModel_HasOneProblemWithItsPlace(string model, string search, string path, string message)
    {
        SpecProblem problem = Assert.Single(SpecReader.Read(Text(model, search)).Problems);

        Assert.Equal(path, problem.Path);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Equal(3, problem.Line);
    }

    [Theory]
    [InlineData("{width: 32}")]
    [InlineData("{width: [32, 64], activation: [relu, gelu], norm: batch}")]
    [InlineData("{width: {min: 8, max: 64, step: 8}, scale: {linear: [0.5, 2], points: 3}, rate: {log: [0.001, 1], points: 2}}")]
    public void Write_Settings_ReadsBackToAnEqualSpec(string settings)
    {
        SweepSpec spec = Read($"{{name: my-net, plugin: a, plugin_sha256: {Hash}, settings: {settings}}}", "{}");

        Assert.Equal(spec, SpecReader.Read(SpecYaml.Write(spec)).Spec);
        Assert.Equal(spec, SpecJson.Read(SpecJson.Write(spec)));
        Assert.Equal(spec.GetHashCode(), SpecJson.Read(SpecJson.Write(spec)).GetHashCode());
        Assert.Empty(SpecDifference.Between(spec, SpecReader.Read(SpecYaml.Write(spec)).Spec!));
    }

    [Fact]
    public void Plan_Grid_HasEveryCombinationOnce()
    {
        SweepSpec spec = Read("{name: my-net, plugin: a, settings: {width: {choice: [8, 16]}, activation: [relu, gelu]}}", "{space: {max_lr: [0.1, 0.2], batch_size: 64}}");

        SearchPlan plan = SearchPlan.Of(spec);

        Assert.Equal(["width 16", "width 8"], plan.Cells.Select(cell => $"width {cell.Model!["width"]!.Text}").Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["gelu", "relu"], plan.Cells.Select(cell => cell.Model!["activation"]!.Word).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal((4, 8), (plan.Cells.Length, plan.Trials.Length));
        Assert.Equal(8, SpecSize.Trials(spec));
    }

    [Fact]
    public void WriteBest_TakesTheWinnersSettings()
    {
        SweepSpec spec = Read("{name: my-net, plugin: a, settings: {width: [8, 16], activation: [relu, gelu]}}", "{}");
        var best = new Configuration(0.1, 128, 1e-4, 0, Model: ModelSettings.Of([new("width", 16), new("activation", null, "gelu")]));

        SweepSpec alone = SpecReader.Read(SpecYaml.WriteBest(spec, best)).Spec!;

        Assert.Equal(best.Model, Assert.Single(SearchPlan.Of(alone).Cells).Model);
    }

    [Fact]
    public void Identity_ContentOfThePluginAndValuesCount_ValuesThatAreSearchedDoNot()
    {
        SweepSpec two = Read($"{{name: my-net, plugin: a, plugin_sha256: {Hash}, settings: {{width: [8, 16]}}}}", "{}");
        SweepSpec three = Read($"{{name: my-net, plugin: a, plugin_sha256: {Hash}, settings: {{width: [8, 16, 32]}}}}", "{}");
        SweepSpec changed = Read($"{{name: my-net, plugin: a, plugin_sha256: {new string('b', 64)}, settings: {{width: [8, 16]}}}}", "{}");
        var eight = new Configuration(0.1, 128, 1e-4, 0, Model: ModelSettings.Of([new("width", 8)]));
        Configuration sixteen = eight with { Model = ModelSettings.Of([new("width", 16)]) };

        Assert.Equal(JobIdentity.OfTrial(two, eight, 1, null), JobIdentity.OfTrial(three, eight, 1, null));
        Assert.NotEqual(JobIdentity.OfTrial(two, eight, 1, null), JobIdentity.OfTrial(two, sixteen, 1, null));
        Assert.NotEqual(JobIdentity.OfTrial(two, eight, 1, null), JobIdentity.OfTrial(changed, eight, 1, null));
        Assert.NotEqual(JobIdentity.OfRangeTest(two, eight.Cell, 1), JobIdentity.OfRangeTest(changed, eight.Cell, 1));
    }

    [Fact]
    public void Identity_OfATorchScriptFile_IsItsContentAndInitNotItsPlace()
    {
        SweepSpec here = Read($"{{name: net, script: /a/model.pt, script_sha256: {Hash}}}", "{}");
        SweepSpec there = Read($"{{name: net, script: /b/other.pt, script_sha256: {Hash}}}", "{}");
        SweepSpec changed = Read($"{{name: net, script: /a/model.pt, script_sha256: {new string('b', 64)}}}", "{}");
        SweepSpec tuned = Read($"{{name: net, script: /a/model.pt, script_sha256: {Hash}, init: from_file}}", "{}");
        var at = new Configuration(0.1, 128, 1e-4, 0);

        Assert.Equal(here, SpecReader.Read(SpecYaml.Write(here)).Spec);
        Assert.Equal(tuned, SpecJson.Read(SpecJson.Write(tuned)));
        Assert.Equal(JobIdentity.OfTrial(here, at, 1, null), JobIdentity.OfTrial(there, at, 1, null));
        Assert.NotEqual(JobIdentity.OfTrial(here, at, 1, null), JobIdentity.OfTrial(changed, at, 1, null));
        Assert.NotEqual(JobIdentity.OfTrial(here, at, 1, null), JobIdentity.OfTrial(tuned, at, 1, null));
        Assert.NotEqual(JobIdentity.OfRangeTest(here, at.Cell, 1), JobIdentity.OfRangeTest(tuned, at.Cell, 1));
    }

    [Fact]
    public void Sharing_PluginOfOneContent_NeedsAWorkerThatHasIt()
    {
        SweepSpec spec = Read($"{{name: my-net, plugin: a, plugin_sha256: {Hash}}}", "{}");
        DeviceNeeds needs = PluginLabels.Sharing(spec)!.Needs!;

        Assert.True(needs.AreMetBy(["cpu", PluginLabels.Of("a", Hash)], 1));
        Assert.False(needs.AreMetBy(["cpu", PluginLabels.Of("a", new string('b', 64))], 1));
        Assert.False(needs.AreMetBy(["cpu"], 1));
        Assert.Null(PluginLabels.Sharing(Read("mlp", "{}")));
    }

    private static SweepSpec Read(string model, string search)
    {
        SpecReading reading = SpecReader.Read(Text(model, search));
        Assert.Empty(reading.Problems);
        return reading.Spec!; // without problems there is one
    }

    private static string Text(string model, string search) => $"""
        name: own
        data: mnist
        model: {model}
        training: ONE
        search: {search}
        """.Replace("ONE", "{epochs: 1}", StringComparison.Ordinal);
}
