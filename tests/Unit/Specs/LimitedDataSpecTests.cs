using Sweeper.Contracts.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Specs;

/// <summary>Several numbers of training images, and lengths in steps.</summary>
public sealed class LimitedDataSpecTests
{
    [Fact]
    public void Read_Sizes_KeepTheirOrderAndTheLargestIsLoaded()
    {
        DataSpec some = Good.Read(Good.With("data: {set: mnist, train_size: [3000, 1000]}")).Data;
        DataSpec all = Good.Read(Good.With("data: {set: mnist, train_size: [1000, all, 10k]}")).Data;

        Assert.Equal((3000, new AxisSpec.Values([3000, 1000])), (some.TrainSize, some.TrainSizes));
        Assert.Equal((null, new AxisSpec.Values([1000, DataSpec.All, 10_000])), (all.TrainSize, all.TrainSizes));
    }

    [Theory]
    [InlineData("1000")]
    [InlineData("[1000]")]
    public void Read_OneSize_IsNoFactor(string size)
    {
        DataSpec data = Good.Read(Good.With($"data: {{set: mnist, train_size: {size}}}")).Data;

        Assert.Equal((1000, null), (data.TrainSize, data.TrainSizes));
    }

    [Fact]
    public void Read_Steps_TakeThePlaceOfEpochs()
    {
        TrainingSpec training = Good.Read(Good.With("training: {steps: 2k}")).Training;

        Assert.Equal((0, 2000, 200), (training.Epochs, training.Steps, training.EvaluateEvery));
        Assert.Equal("2000 steps", training.LengthWords);
        Assert.Equal(1, Good.Read(Good.With("training: {steps: 3}")).Training.EvaluateEvery);
    }

    [Theory]
    [InlineData("training: {steps: 2000}")]
    [InlineData("training: {steps: 2000, evaluate_every: 50}")]
    [InlineData("data: {set: mnist, train_size: [1000, 3000, all]}")]
    public void Yaml_Spec_ReadsBackEqual(string line)
    {
        SweepSpec spec = Good.Read(Good.With(line));

        Assert.Equal(spec, Good.Read(SpecYaml.Write(spec)));
        Assert.Equal(spec, SpecJson.Read(SpecJson.Write(spec)));
    }

    [Fact]
    public void Best_OfASize_TrainsOnThatSizeAlone()
    {
        SweepSpec spec = Good.Read(Good.With("data: {set: mnist, train_size: [1000, 3000]}", "training: {steps: 2000}"));

        SweepSpec best = Good.Read(SpecYaml.WriteBest(spec, new Contracts.Jobs.Configuration(0.1, 128, 0, 0, 1000)));

        Assert.Equal((1000, null, 2000), (best.Data.TrainSize, best.Data.TrainSizes, best.Training.Steps));
    }

    [Theory]
    [InlineData("data: {set: mnist, train_size: []}", "data.train_size", "must list at least one size")]
    [InlineData("data: {set: mnist, train_size: [1000, 1k]}", "data.train_size[1]", "is listed twice")]
    [InlineData("data: {set: mnist, train_size: [1000, most]}", "data.train_size[1]", "must be a number")]
    [InlineData("data: {set: mnist, train_size: [1000, 1]}", "data.train_size[1]", "must be at least 2")]
    [InlineData("data: {set: mnist, train_size: 0}", "data.train_size", "must be at least 2, or all")]
    [InlineData("data: {set: mnist, train_size: [8, all]}", "data.train_size", "leaves no image to validate by")]
    [InlineData("data: {set: mnist, train_size: [100, all]}", "search.space.batch_size", "must be at most 90")]
    [InlineData("training: {}", "training.epochs", "is missing, and every spec needs it or training.steps; such as epochs: 3")]
    [InlineData("training: {epochs: 2, steps: 100}", "training.steps", "has an effect only in place of training.epochs; keep one of them")]
    [InlineData("training: {steps: 0}", "training.steps", "must be in [1, 100000000]")]
    [InlineData("training: {steps: 100, test_at_epochs: [1]}", "training.test_at_epochs", "has an effect only without steps")]
    public void Read_BadLine_SaysWhereAndWhat(string line, string path, string message)
    {
        SpecProblem problem = Assert.Single(SpecReader.Read(Good.With(line)).Problems);

        Assert.Equal(path, problem.Path);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("limits: {epochs: 100}", "training: {steps: 100}", "limits.epochs", "needs training.epochs")]
    [InlineData("search: {strategy: super_convergence}", "training: {steps: 100}", "training.steps", "is not for strategy super_convergence")]
    [InlineData("search: {strategy: tpe, space: {max_lr: {log: [0.01, 1]}}}", "data: {set: mnist, train_size: [1000, all]}", "data.train_size", "more images always win")]
    [InlineData("search: {strategy: super_convergence}", "data: {set: mnist, train_size: [1000, all]}", "data.train_size", "to compare sizes use grid or random")]
    [InlineData("search: {stopping: same_phase, space: {max_lr: [0.1, 0.2]}}", "training: {steps: 100}", "training.steps", "is not for search.stopping same_phase, which counts in epochs")]
    [InlineData("search: {stopping: same_phase, space: {max_lr: [0.1, 0.2]}}", "data: {set: mnist, train_size: [1000, all]}", "data.train_size", "it would stop whatever has fewer images")]
    public void Read_LinesThatDoNotGoTogether_SaysWhy(string first, string second, string path, string message)
    {
        SpecProblem problem = Assert.Single(SpecReader.Read(Good.With(first, second)).Problems);

        Assert.Equal(path, problem.Path);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }
}
