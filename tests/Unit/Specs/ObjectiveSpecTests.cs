using Sweeper.Contracts.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Specs;

/// <summary>Objectives, class weights, mixup and cutmix in a file.</summary>
public sealed class ObjectiveSpecTests
{
    [Fact]
    public void Read_Silent_IsAccuracyAndNothingIsStoredOfIt()
    {
        SweepSpec spec = Good.Read(Good.With());

        Assert.Equal((null, new Ranking(SelectionSet.Validation)), (spec.Search.Objective, spec.Search.Ranking));
        Assert.Equal((null, null, null), (spec.Training.ClassWeights, spec.Training.Mixup, spec.Training.Cutmix));
        Assert.All(["objective", "class_weights", "mixup", "cutmix"], word => Assert.DoesNotContain(word, SpecJson.Write(spec), StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("search: {strategy: random, objective: log_loss, space: {max_lr: [0.1, 0.2]}}")]
    [InlineData("training: {epochs: 2, class_weights: balanced, mixup: 0.2, cutmix: 1}")]
    [InlineData("training: {epochs: 2, metrics: [host/kappa, my-metrics/cost-of_errors]}")]
    [InlineData("training: {epochs: 2, precision: bf16}")]
    [InlineData("training: {epochs: 2, class_weights: {T-shirt/top: 2, 'a: b': 0.5}}")]
    public void Yaml_Spec_ReadsBackEqual(string line)
    {
        SweepSpec spec = Good.Read(Good.With(line));

        Assert.Equal(spec, Good.Read(SpecYaml.Write(spec)));
        Assert.Equal(spec, SpecJson.Read(SpecJson.Write(spec)));
    }

    [Fact]
    public void Read_Weights_AreKeptByName()
    {
        ClassWeightsSpec weights = Good.Read(Good.With("training: {epochs: 2, class_weights: {dog: 1, cat: 2}}")).Training.ClassWeights!;

        Assert.Equal([new ClassWeight("cat", 2), new ClassWeight("dog", 1)], weights.Given);
        Assert.Equal(ClassWeightsSpec.Balanced, Good.Read(Good.With("training: {epochs: 2, class_weights: balanced}")).Training.ClassWeights);
    }

    [Theory]
    [InlineData("search: {objective: log_los}", "search.objective", "did you mean log_loss")]
    [InlineData("search: {strategy: super_convergence, objective: macro_f1}", "search.objective", "must be accuracy with strategy super_convergence")]
    [InlineData("search: {strategy: tpe, trials: 40, objective: macro_f1, stopping: same_phase, space: {max_lr: [0.1, 0.2]}}", "search.objective", "must be accuracy with search.stopping same_phase")]
    [InlineData("search: {objective: rmse}", "search.objective", "is for predicted numbers; set data.task: regression")]
    [InlineData("search: {objective: kappa}", "search.objective", "metric of your own has to be under training.metrics as well")]
    [InlineData("training: {epochs: 2, precision: half}", "training.precision", "must be one of float32, bfloat16")]
    [InlineData("training: {epochs: 2, metrics: kappa}", "training.metrics", "must be a list of PLUGIN/NAME")]
    [InlineData("training: {epochs: 2, metrics: [kappa]}", "training.metrics[0]", "must be a metric of your own as PLUGIN/NAME")]
    [InlineData("training: {epochs: 2, metrics: [a/kappa, b/kappa]}", "training.metrics[1]", "is the second called kappa; keep one")]
    [InlineData("training: {epochs: 2, metrics: [host/rmse]}", "training.metrics[0]", "is called as a metric that is there already")]
    [InlineData("data: {set: mnist, task: regression}", "data.task", "has an effect only with set table; remove it")]
    [InlineData("training: {epochs: 2, class_weights: rare}", "training.class_weights", "must be none, balanced, or weights by class")]
    [InlineData("training: {epochs: 2, class_weights: {}}", "training.class_weights", "must be none, balanced, or weights by class")]
    [InlineData("training: {epochs: 2, class_weights: {cat: 0}}", "training.class_weights.cat", "must be in (0, 1000000]")]
    [InlineData("training: {epochs: 2, mixup: -1}", "training.mixup", "must be in [0, 100]")]
    [InlineData("training: {epochs: 2, label_smoothing: -0.1}", "training.label_smoothing", "must be in [0, 1)")]
    public void Read_Bad_SaysWhatWouldBeRight(string line, string path, string message)
    {
        SpecProblem problem = Assert.Single(SpecReader.Read(Good.With(line)).Problems);

        Assert.Equal(path, problem.Path);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OwnMetricAsObjective_IsRankedBy()
    {
        SweepSpec spec = Good.Read(Good.With("training: {epochs: 2, metrics: [host/kappa]}", "search: {objective: kappa}"));

        Assert.Equal(new Ranking(SelectionSet.Validation, Metric.Own, "kappa"), spec.Search.Ranking);
        Assert.Equal(spec, Good.Read(SpecYaml.Write(spec)));
        Assert.Equal(spec, SpecJson.Read(SpecJson.Write(spec)));
    }

    [Fact]
    public void Read_Regression_GoesByRSquaredUnlessToldOtherwise()
    {
        string[] lines = ["data: {set: table, path: rows.csv, target: price, task: regression}", "model: mlp"];

        SweepSpec silent = Good.Read(Good.With(lines));
        SweepSpec told = Good.Read(Good.With([.. lines, "search: {objective: rmse}"]));

        Assert.Equal((Metric.R2, Metric.R2), (silent.Search.Ranking.By, silent.Data.Score));
        Assert.Equal((Metric.Rmse, Metric.R2), (told.Search.Ranking.By, told.Data.Score));
        Assert.Equal(silent, Good.Read(SpecYaml.Write(silent)));
        Assert.Contains(
            "must be r2, rmse, mae or a metric of your own",
            Assert.Single(SpecReader.Read(Good.With([.. lines, "search: {objective: accuracy}"])).Problems).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CutmixOfATable_IsRefused()
    {
        SpecReading reading = SpecReader.Read(Good.With("data: {set: table, path: rows.csv, target: kind}", "model: mlp", "training: {epochs: 2, cutmix: 1}"));

        Assert.Contains("the rows of a table have no rectangle", Assert.Single(reading.Problems).Message, StringComparison.Ordinal);
    }
}
