using CsCheck;
using NJsonSchema;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Specs.Fields;
using Xunit;

namespace Sweeper.Tests.Unit.Specs;

/// <summary>The JSON Schema against what the reader takes.</summary>
public sealed class SpecSchemaTests
{
    public static TheoryData<string> Examples => [.. Repository.Examples];

    [Fact]
    public void Examples_OfTheRepository_AreThere() => Assert.Superset(
        new HashSet<string>
        {
            "quickstart.yaml", "fashion-mnist.yaml", "mnist-lenet.yaml", "cifar10-resnet.yaml",
            "fashion-mnist-baselines-onecycle.yaml", "fashion-mnist-baselines-constant.yaml", "fashion-mnist-baselines-step.yaml",
        },
        Repository.Examples.ToHashSet());

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Example_EachFile_ReadsFitsTheSchemaAndIsNamedAfterItsFile(string file)
    {
        string text = Repository.Example(file);

        Assert.Equal(Path.GetFileNameWithoutExtension(file), Good.Read(text).Name);
        Assert.Empty(await ErrorsAsync(text));
    }

    [Fact]
    public async Task Schema_WrittenSpecsAndTemplate_Fit()
    {
        var texts = new List<string> { SpecTemplate.Commented("t") };
        SpecGen.Specs.Sample(spec => { lock (texts) { texts.Add(SpecYaml.Write(spec)); } }, iter: 40);
        foreach (string text in texts)
        {
            IEnumerable<string> errors = await ErrorsAsync(text);
            Assert.True(!errors.Any(), $"{string.Join('\n', errors)}\nin\n{text}");
        }
    }

    [Theory]
    [InlineData("colour: red")]
    [InlineData("name: Bad Name")]
    [InlineData("name: 3")]
    [InlineData("seed: -1")]
    [InlineData("data: mnits")]
    [InlineData("data: {set: mnist, validation: 0.6}")]
    [InlineData("training: {epochs: none}")]
    [InlineData("training: {schedule: smith}")]
    [InlineData("training: {epochs: 1, schedule: {type: cosine}}")]
    [InlineData("search: {space: {max_lr: {log: [0.1]}}}")]
    [InlineData("search: {space: {max_lr: {range_test: {middle: 1}}}}")]
    [InlineData("search: {space: {dropout: range_test}}")]
    [InlineData("limits: {wall_time: 30}")]
    [InlineData("training: {epochs: 1, steps: 100}")]
    [InlineData("data: {set: mnist, train_size: []}")]
    [InlineData("search: {space: {dropout: {values: [0, 0.1], when: {speed: 1}}}}")]
    [InlineData("search: {space: {dropout: {min: 0, max: 0.5, step: 0.1, points: 3}}}")]
    public async Task Schema_BadValue_IsRefused(string line)
    {
        Assert.NotEmpty(await ErrorsAsync(Good.With(line)));
    }

    [Theory]
    [InlineData("data: {set: mnist, train_size: 5k, validation: 10%}")]
    [InlineData("limits:")]
    [InlineData("limits: {wall_time: 1h30m, trials: none}")]
    [InlineData("search: {space: {max_lr: {min: 0.1, max: 1, scale: log, points: 3}}}")]
    public async Task Schema_GoodValue_IsTaken(string line)
    {
        Good.Read(Good.With(line));
        Assert.Empty(await ErrorsAsync(Good.With(line)));
    }

    private static async Task<IEnumerable<string>> ErrorsAsync(string yaml)
    {
        JsonSchema schema = await JsonSchema.FromJsonAsync(SpecSchema.Write(), TestContext.Current.CancellationToken);
        return schema.Validate(NodeJson.Of(yaml)!.ToJsonString()).Select(error => error.ToString());
    }
}
