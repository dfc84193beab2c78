using Sweeper.Training.Models;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Models;

/// <summary>With the convolutions of all blocks at zero, a residual net is its stem, its shortcuts and its last layer.</summary>
public sealed class ResidualShortcutTests
{
    // What a fresh batch norm divides by in evaluation: the root of running variance 1 and epsilon.
    private static readonly double FreshDeviation = Math.Sqrt(1 + 1e-5);

    [Fact]
    public void He_BlocksAtZero_LeavesEveryFourthPixel() =>
        AssertLogits("resnet20", stem => stem[TensorIndex.Colon, TensorIndex.Colon, TensorIndex.Slice(step: 4), TensorIndex.Slice(step: 4)]);

    [Fact]
    public void Smith_BlocksAtZero_LeavesTwicePooledPixels() =>
        AssertLogits("resnet20-smith", stem => Pooled(Pooled(stem)));

    [Fact]
    public void Wide_BlocksAtZero_LeavesTwoProjections()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable _ = no_grad();
        using ImageModel model = ModelFactory.Create("wrn32x4", ModelFactory.Colour16);
        Dictionary<string, Parameter> parameters = Parameters(model);
        foreach (string block in parameters.Keys.Where(key => key.EndsWith("first.conv.weight", StringComparison.Ordinal) || key.EndsWith("second.conv.weight", StringComparison.Ordinal)))
        {
            parameters[block].zero_();
        }

        model.eval();
        Tensor images = ModelFactory.Images(ModelFactory.Colour16, 2);

        Tensor x = nn.functional.relu(nn.functional.conv2d(images, parameters["stem.conv.weight"], padding: [1, 1]) / FreshDeviation);
        foreach (string stage in (string[])["stage2", "stage3"])
        {
            x = nn.functional.conv2d(x, parameters[$"{stage}_block1.projection.conv.weight"], strides: [2, 2]) / FreshDeviation;
        }

        Tensor expected = nn.functional.linear(x.mean([2L, 3L]), parameters["classifier.weight"], parameters["classifier.bias"]);

        Assert.True(expected.allclose(model.call(images), rtol: 1e-4, atol: 1e-5));
    }

    [Fact]
    public void Page_NormsThatAlwaysGiveOne_LeaveTheScaledSumOfTheLastLayer()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable _ = no_grad();
        using ImageModel model = ModelFactory.Create("resnet9", ModelFactory.Colour16);
        foreach ((string name, Parameter parameter) in model.named_parameters().Where(entry => entry.name.Contains(".norm.", StringComparison.Ordinal)))
        {
            parameter.fill_(name.EndsWith("bias", StringComparison.Ordinal) ? 1 : 0);
        }

        // Every convolution gives 1; the last residual pair adds another; 0.125 is Page's scale of the logits.
        Tensor expected = 0.125 * 2 * Parameters(model)["classifier.weight"].sum(1);

        Assert.True(expected.expand(2, 10).allclose(model.call(ModelFactory.Images(ModelFactory.Colour16, 2)), rtol: 1e-4, atol: 1e-5));
    }

    // Caffe's average of a 3x3 window of stride 2 that is cut off at the right and lower edge.
    private static Tensor Pooled(Tensor x)
    {
        int side = (int)x.shape[2];
        Tensor pooled = zeros(x.shape[0], x.shape[1], side / 2, side / 2);
        for (int row = 0; row < side / 2; row++)
        {
            for (int column = 0; column < side / 2; column++)
            {
                Tensor window = x.narrow(2, 2 * row, Math.Min(3, side - (2 * row))).narrow(3, 2 * column, Math.Min(3, side - (2 * column)));
                pooled[TensorIndex.Colon, TensorIndex.Colon, row, column] = window.mean([2L, 3L]);
            }
        }

        return pooled;
    }

    private static void AssertLogits(string name, Func<Tensor, Tensor> shortcuts)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable _ = no_grad();
        using ImageModel model = ModelFactory.Create(name, ModelFactory.Colour16);
        Dictionary<string, Parameter> parameters = Parameters(model);
        foreach (string block in parameters.Keys.Where(key => key.Contains("_block", StringComparison.Ordinal) && key.EndsWith("conv.weight", StringComparison.Ordinal)))
        {
            parameters[block].zero_();
        }

        model.eval();
        Tensor images = ModelFactory.Images(ModelFactory.Colour16, 2);

        Tensor stem = nn.functional.relu(nn.functional.conv2d(images, parameters["stem.conv.weight"], padding: [1, 1]) / FreshDeviation);
        Tensor features = zeros(2, 64);
        features[TensorIndex.Colon, TensorIndex.Slice(0, 16)] = shortcuts(stem).mean([2L, 3L]);
        Tensor expected = nn.functional.linear(features, parameters["classifier.weight"], parameters["classifier.bias"]);

        Assert.True(expected.allclose(model.call(images), rtol: 1e-4, atol: 1e-5));
    }

    private static Dictionary<string, Parameter> Parameters(ImageModel model) =>
        model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
}
