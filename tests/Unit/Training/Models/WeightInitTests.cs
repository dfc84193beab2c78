using Sweeper.Training.Models;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Models;

public sealed class WeightInitTests
{
    // The second convolution of LeNet: [50, 20, 5, 5], 25,000 values.
    private const double FanIn = 20 * 25;
    private const double FanOut = 50 * 25;

    [Theory]
    [InlineData(WeightInit.KaimingNormal, 2 / FanIn, false)]
    [InlineData(WeightInit.KaimingNormalFanOut, 2 / FanOut, false)]
    [InlineData(WeightInit.XavierNormal, 2 / (FanIn + FanOut), false)]
    [InlineData(WeightInit.XavierUniform, 2 / (FanIn + FanOut), true)]
    [InlineData(WeightInit.CaffeXavier, 1 / FanIn, true)]
    [InlineData(WeightInit.PyTorchDefault, 1 / (3 * FanIn), true)]
    public void Create_Init_GivesItsVarianceAndBound(WeightInit init, double variance, bool uniform)
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel model = ModelFactory.Create(new ModelOptions { Name = "lenet", Init = init }, ModelFactory.Grey28);
        Parameter weight = model.Weights[1];

        Assert.Equal([50, 20, 5, 5], weight.shape);
        Assert.Equal(1, weight.var().item<float>() / variance, 0.05);
        double largest = weight.abs().max().item<float>() / Math.Sqrt(3 * variance);
        Assert.Equal(uniform, largest <= 1);
        Assert.True(largest > 0.99);
    }

    [Theory]
    [InlineData(WeightInit.KaimingNormal, false)]
    [InlineData(WeightInit.PyTorchDefault, true)]
    public void Create_Init_DrawsBiasesOnlyInPyTorchsWay(WeightInit init, bool drawn)
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel model = ModelFactory.Create(new ModelOptions { Name = "lenet", Init = init }, ModelFactory.Grey28);

        Assert.Equal(4, model.BiasesAndNorms.Count);
        Assert.All(model.BiasesAndNorms, bias => Assert.Equal(drawn, bias.abs().sum().item<float>() > 0));
    }

    [Theory]
    [InlineData(null, 0.1)]
    [InlineData(0.05, 0.05)]
    [InlineData(1.0, 1.0)]
    public void Forward_BatchNormMomentum_IsTheShareOfTheNewBatch(double? option, double share)
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel model = ModelFactory.Create(new ModelOptions { Name = "small-cnn", BatchNormMomentum = option }, ModelFactory.Grey28);
        Tensor images = ModelFactory.Images(ModelFactory.Grey28, 4);
        Parameter weight = model.named_parameters().First(entry => entry.name == "stage1.conv.weight").parameter;
        Tensor batchMean = nn.functional.conv2d(images, weight, padding: [1, 1]).mean([0L, 2L, 3L]);

        model.train();
        model.call(images);

        Tensor running = model.named_buffers().First(entry => entry.name == "stage1.norm.running_mean").buffer;
        Assert.True(running.allclose(batchMean * share, rtol: 1e-3, atol: 1e-5));
    }
}
