using System.Text.Json;
using CsCheck;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Specs;

/// <summary>Specs as JSON, as YAML, and compared.</summary>
public sealed class SpecTextTests
{
    [Fact]
    public void Json_AnySpec_ReadsBackEqualAndTheSameText() => SpecGen.Specs.Sample(
        spec =>
        {
            string json = SpecJson.Write(spec);
            Assert.Equal(spec, SpecJson.Read(json));
            Assert.Equal(json, SpecJson.Write(SpecJson.Read(json)));
        },
        iter: 300);

    [Fact]
    public void Yaml_AnySpec_ReadsBackEqual() =>
        SpecGen.Specs.Sample(spec => Assert.Equal(spec, Good.Read(SpecYaml.Write(spec))), iter: 300);

    [Fact]
    public void Json_QuickSpec_IsStable() => Assert.Equal(
        """{"name":"t","seed":1,"data":{"set":"mnist","path":null,"train_size":null,"validation":0.1,"image_size":null,"flip":false,"crop":0,"cutout":0,"scaling":"Standard","train_sizes":null},"model":{"name":"lenet","init":null,"batch_norm_momentum":null},"training":{"epochs":2,"schedule":{"type":"Fastai","peak_at":0.25,"start_div":25,"final_div":100000,"cycle":0.9,"anneal":"Cosine","momentum_high":0.95,"momentum_low":0.85,"milestones":[0.5,0.75],"factor":0.1,"cycles":1},"optimizer":{"type":"Sgd","nesterov":false,"beta2":0.999,"epsilon":1E-08,"decay_bias_and_norm":true,"clip_norm":null,"bias_learning_rate":1,"momentum_form":"PyTorch"},"evaluate_every":1,"test_at_epochs":[],"steps":null,"cooldown":null},"range_test":{"method":"Smith","from":0,"to":0.5,"epochs":4,"steps":null,"points":50,"pull_back":0.7},"search":{"strategy":"Grid","trials":20,"seeds":1,"select_by":"Validation","max_learning_rate":{"kind":"values","list":[0.1]},"batch_size":{"kind":"values","list":[128]},"weight_decay":{"kind":"values","list":[0.0001]},"dropout":{"kind":"values","list":[0]},"baseline":"None","stopping":null,"reuse":true,"warm_start":null,"population":null},"limits":{"trials":null,"epochs":null,"wall_time":null,"max_parallel":null,"attempts":5,"no_progress":null},"purpose":"Search","sharing":null}""",
        SpecJson.Write(Good.Read(Good.Text)));

    [Fact]
    public void Json_StoredBeforeLaterMembers_ReadsWithTheirDefaults()
    {
        SweepSpec spec = Good.Read(Good.Text);
        string stored = SpecJson.Write(spec)
            .Replace(",\"baseline\":\"None\"", "", StringComparison.Ordinal)
            .Replace(",\"reuse\":true", "", StringComparison.Ordinal)
            .Replace(",\"warm_start\":null,\"population\":null", "", StringComparison.Ordinal)
            .Replace(",\"bias_learning_rate\":1", "", StringComparison.Ordinal)
            .Replace(",\"scaling\":\"Standard\"", "", StringComparison.Ordinal)
            .Replace(",\"train_sizes\":null", "", StringComparison.Ordinal)
            .Replace(",\"steps\":null,\"cooldown\":null}", "}", StringComparison.Ordinal);

        Assert.Equal(spec, SpecJson.Read(stored));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"name\": 3}")]
    [InlineData("not json")]
    public void Json_DamagedText_IsRefused(string json) => Assert.Throws<JsonException>(() => SpecJson.Read(json));

    [Fact]
    public void Json_UnknownMember_IsRefused()
    {
        string json = SpecJson.Write(Good.Read(Good.Text));

        Assert.Throws<JsonException>(() => SpecJson.Read(json.Replace("\"seed\":1", "\"seed\":1,\"speed\":2", StringComparison.Ordinal)));
    }

    [Fact]
    public void Yaml_SmallSpec_IsWhatAPersonWouldWrite() => Assert.Equal(
        """
        name: t
        seed: 1

        data:
          set: mnist
          validation: 0.1

        model: lenet

        training:
          epochs: 2
          schedule: fastai
          optimizer: sgd

        search:
          strategy: grid
          seeds: 1
          select_by: validation
          space:
            max_lr: 0.1
            batch_size: 128
            weight_decay: 0.0001
            dropout: 0

        """.ReplaceLineEndings("\n"),
        SpecYaml.Write(Good.Read(Good.Text)));

    [Fact]
    public void WriteBest_AnySpec_FixesTheSpaceAndKeepsTheTraining() => Gen.Select(SpecGen.Specs, Gen.Double[1e-6, 10]).Sample(
        (spec, rate) =>
        {
            SweepSpec best = Good.Read(SpecYaml.WriteBest(spec, new Configuration(rate, 64, 5e-4, 0.25)));

            Assert.Equal(spec.Name + "-best", best.Name);
            Assert.Equal((spec.Data, spec.Model, spec.Training, spec.Seed), (best.Data, best.Model, best.Training, best.Seed));
            Assert.Equal(new AxisSpec.Values([rate]), best.Search.MaxLearningRate);
            Assert.Equal(spec.Search.Seeds, SpecSize.Trials(best));
        },
        iter: 100);

    [Fact]
    public void WriteBest_LongestName_StaysAName()
    {
        SweepSpec spec = Good.Read(Good.With("name: " + new string('a', 60)));

        Assert.Equal(60, Good.Read(SpecYaml.WriteBest(spec, new Configuration(0.1, 64, 0, 0))).Name.Length);
    }

    [Fact]
    public void Difference_EqualSpecs_IsEmpty() =>
        SpecGen.Specs.Sample(spec => Assert.Empty(SpecDifference.Between(spec, SpecJson.Read(SpecJson.Write(spec)))), iter: 50);

    [Fact]
    public void Difference_ChangedSettings_ListsPathsWithBothValues()
    {
        SweepSpec before = Good.Read(Good.Text);
        SweepSpec after = Good.Read(Good.With(
            "training: {epochs: 3, schedule: {momentum: [0.9, 0.8]}}", "search: {space: {max_lr: {log: [0.01, 1], points: 3}}}", "limits: {wall_time: 90s}"));

        Assert.Equal(
            [
                new SpecDifference("training.epochs", "2", "3"),
                new SpecDifference("training.schedule.momentum", "[0.95, 0.85]", "[0.9, 0.8]"),
                new SpecDifference("search.space.max_lr", "0.1", "{log: [0.01, 1], points: 3}"),
                new SpecDifference("limits.wall_time", "none", "1m30s"),
            ],
            SpecDifference.Between(before, after));
        Assert.Equal("purpose: Search -> RangeTestsOnly", Assert.Single(SpecDifference.Between(before, before with { Purpose = SweepPurpose.RangeTestsOnly })).ToString());
    }

    [Fact]
    public void Difference_AnyTwoSpecs_IsEmptyExactlyWhereTheyAreEqual() => Gen.Select(SpecGen.Specs, SpecGen.Specs).Sample(
        (one, other) => Assert.Equal(one == other, SpecDifference.Between(one, other).IsEmpty),
        iter: 100);
}
