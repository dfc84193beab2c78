using Sweeper.Training.Models;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Models;

[Collection(GlobalGenerator.Collection)]
public sealed class ModelCatalogTests
{
    public static TheoryData<string> AllNames => [.. ModelCatalog.Names];

    [Theory]
    [InlineData("lenet", 1, 28, 431_080)]
    [InlineData("mlp", 1, 28, 269_322)]
    [InlineData("small-cnn", 1, 28, 57_498)]
    [InlineData("resnet9", 3, 32, 6_573_120)]
    [InlineData("resnet20", 3, 32, 269_722)]
    [InlineData("resnet56", 3, 32, 853_018)]
    [InlineData("resnet110", 3, 32, 1_727_962)]
    [InlineData("resnet20-smith", 3, 32, 223_450)]
    [InlineData("resnet56-smith", 3, 32, 806_746)]
    [InlineData("resnet110-smith", 3, 32, 1_681_690)]
    [InlineData("wrn32x4", 3, 32, 5_899_930)]
    public void Create_KnownModel_HasPublishedParameterCount(string name, int channels, int side, long published)
    {
        using ImageModel model = ModelFactory.Create(name, new ImageShape(channels, side, side));

        Assert.Equal(published, model.ParameterCount);
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public void Create_AnyModel_GivesLogitsAndGradientsForEveryParameter(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel model = ModelFactory.Create(name, ModelFactory.Colour16, classes: 7, dropout: 0.1);
        model.train();

        Tensor logits = model.call(ModelFactory.Images(ModelFactory.Colour16, 4));
        nn.functional.cross_entropy(logits, tensor(new long[] { 0, 1, 2, 6 })).backward();

        Assert.Equal([4, 7], logits.shape);
        Assert.All(model.named_parameters(), entry => Assert.True(
            entry.parameter.grad is { } gradient && gradient.isfinite().all().item<bool>() && gradient.abs().sum().item<float>() > 0,
            entry.name));
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public void Create_SameSeed_GivesEqualWeightsAndLeavesGlobalGeneratorAlone(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using Tensor before = Generator.Default.get_state();
        using ImageModel first = ModelFactory.Create(name, ModelFactory.Colour16, seed: 5);
        using ImageModel second = ModelFactory.Create(name, ModelFactory.Colour16, seed: 5);
        using ImageModel other = ModelFactory.Create(name, ModelFactory.Colour16, seed: 6);

        Assert.All(first.parameters().Zip(second.parameters()), pair => Assert.True(pair.First.BitEqual(pair.Second)));
        Assert.Contains(first.parameters().Zip(other.parameters()), pair => !pair.First.BitEqual(pair.Second));
        Assert.True(before.BitEqual(Generator.Default.get_state()));
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public void Forward_DropoutRate_ActsInTrainingOnly(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel model = ModelFactory.Create(name, ModelFactory.Colour16, dropout: 0.5);
        Tensor images = ModelFactory.Images(ModelFactory.Colour16, 4);

        model.train();
        Assert.False(model.call(images).allclose(model.call(images)));
        model.eval();
        Assert.True(model.call(images).BitEqual(model.call(images)));
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public void Create_InsideDisposeScope_ModelOutlivesIt(string name)
    {
        ImageModel model;
        using (NewDisposeScope())
        {
            model = ModelFactory.Create(name, ModelFactory.Colour16);
        }

        using DisposeScope scope = NewDisposeScope();
        using (model)
        {
            Assert.Equal([2, 10], model.call(ModelFactory.Images(ModelFactory.Colour16, 2)).shape);
        }
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public void Parameters_SplitForDecay_CoverEveryParameterOnce(string name)
    {
        using ImageModel model = ModelFactory.Create(name, ModelFactory.Colour16);

        Assert.Equal(model.parameters().Count(), model.Weights.Count + model.BiasesAndNorms.Count);
        Assert.All(model.Weights, weight => Assert.True(weight.dim() is 2 or 4));
        Assert.All(model.named_parameters().Where(entry => entry.name.EndsWith("bias", StringComparison.Ordinal)), entry => Assert.Equal(1, entry.parameter.dim()));
    }

    [Theory]
    [InlineData(4, 3, 32, 31)]
    [InlineData(4, 1, 32, 32)]
    [InlineData(0, 3, 32, 32)]
    public void Forward_WrongShape_ThrowsBeforeAnyNativeCall(int count, int channels, int height, int width)
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel model = ModelFactory.Create("lenet", ModelFactory.Colour32);

        Assert.Throws<ArgumentException>(() => model.call(zeros(count, channels, height, width)));
        Assert.Throws<ArgumentException>(() => model.call(zeros(32, 32)));
    }

    [Fact]
    public void Check_UnknownName_NamesNearest()
    {
        string problem = Assert.Single(ModelCatalog.Check(new ModelOptions { Name = "lenett" }, ModelFactory.Grey28, 10));

        Assert.Contains("'lenet'", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(1.0)]
    public void Check_BadDropout_IsAProblem(double rate)
    {
        ModelOptions options = new() { Name = "mlp", Dropout = rate };

        Assert.Contains("dropout", Assert.Single(ModelCatalog.Check(options, ModelFactory.Grey28, 10)), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_SeveralProblems_NamesAll()
    {
        ModelOptions options = new() { Name = "lenet", Dropout = 2, BatchNormMomentum = 0, Init = (WeightInit)99 };

        Assert.Equal(6, ModelCatalog.Check(options, new ImageShape(2, 8, 8), 1).Count);
    }

    [Fact]
    public void Create_WhatCheckRefuses_Throws()
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => ModelFactory.Create("lenet", new ImageShape(1, 8, 8)));

        Assert.Contains("at least 16x16", thrown.Message, StringComparison.Ordinal);
    }
}
