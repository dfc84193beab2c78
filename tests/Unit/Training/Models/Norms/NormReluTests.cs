using Sweeper.Training.Models;
using Sweeper.Training.Models.Layers;
using Sweeper.Training.Models.Norms;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Models.Norms;

/// <summary>The joined operation against torch's own: batch norm, sum, ReLU, pooling, one after the other.</summary>
public sealed class NormReluTests : IDisposable
{
    private const double Momentum = 0.1;

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Generator _generator = new(5);

    /// <summary>What follows the norm.</summary>
    public enum After
    {
        /// <summary>ReLU.</summary>
        Relu,

        /// <summary>A sum, ReLU.</summary>
        Sum,

        /// <summary>ReLU, 2x2 max pooling.</summary>
        Pool,
    }

    /// <summary>Odd sides leave a row and a column over; few pixels are a portion that is not full, many are several.</summary>
    public static TheoryData<After, int, int, int, int> Cases { get; } = Combinations();

    public void Dispose()
    {
        _generator.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Training_IsTorchsWithinRounding(After after, int images, int channels, int height, int width)
    {
        Tensor[] data = [Draw(images, channels, height, width), Draw(images, channels, height, width)];

        Assert.All(Train(after, data, Joined).Zip(Train(after, data, OneByOne)), AssertClose);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Evaluation_IsTorchsWithinRounding(After after, int images, int channels, int height, int width)
    {
        using IDisposable _ = no_grad();
        Tensor x = Draw(images, channels, height, width);
        Tensor shortcut = Draw(images, channels, height, width);
        using BatchNorm norm = Norm(channels);
        norm.eval();

        AssertClose((Joined(norm, after, x, shortcut), OneByOne(norm, after, x, shortcut)));
    }

    [Fact]
    public void EqualMaxima_GiveTheFirstTheGradient()
    {
        Tensor[] data = [PixelByPixel(randint(-2, 3, [4, 16, 8, 8], ScalarType.Float32, generator: _generator)), zeros(1)];

        Assert.All(Train(After.Pool, data, Joined).Zip(Train(After.Pool, data, OneByOne)), AssertClose);
    }

    [Fact]
    public void MeanFarFromZero_CostsTheVarianceNoDigits()
    {
        Tensor x = PixelByPixel((randn([8, 16, 16, 16], generator: _generator) * 0.1) + 100);
        using BatchNorm norm = Norm(16);
        norm.Relu(x);

        Tensor variance = norm.named_buffers().Single(buffer => buffer.name == "running_var").buffer;
        Tensor expected = (0.9 * 2) + (Momentum * x.to(ScalarType.Float64).var([0L, 2L, 3L]));
        Assert.True(expected.to(ScalarType.Float32).allclose(variance, rtol: 1e-6), $"{(expected - variance).abs().max().item<double>()}");
    }

    [Theory]
    [InlineData(After.Relu)]
    [InlineData(After.Pool)]
    public void NotANumber_StaysInItsChannel(After after)
    {
        Tensor x = Draw(2, 16, 4, 4);
        x[1, 3, 2, 2] = float.NaN;
        using BatchNorm norm = Norm(16);

        Tensor spoiled = Joined(norm, after, x, x).isnan().any(3).any(2).any(0);

        Assert.Equal([3L], spoiled.nonzero().flatten().data<long>().ToArray());
    }

    [Theory]
    [InlineData(After.Relu)]
    [InlineData(After.Sum)]
    [InlineData(After.Pool)]
    public void Threads_DoNotChangeABit(After after) => Assert.Equal(Pass(after, threads: 1), Pass(after, threads: 3));

    [Fact]
    public void ImagesStoredOtherwise_AreLeftToTorch()
    {
        Assert.False(NormRelu.Takes(randn([2, 16, 4, 4], generator: _generator)));
        Assert.False(NormRelu.Takes(Draw(2, 3, 4, 4)));
        Assert.False(NormRelu.Takes(Draw(2, 16, 4, 4).to(ScalarType.BFloat16)));
        Assert.True(NormRelu.Takes(Draw(2, 16, 4, 4)));
    }

    /// <summary>Statistics, output, gradients.</summary>
    private static unsafe double[] Pass(After after, int threads)
    {
        const int Channels = 16;
        var grid = new ImageGrid(5, 31, 33, Channels);
        float[][] data = [.. Enumerable.Range(1, 3).Select(number => Enumerable.Range(0, grid.Pixels * Channels).Select(i => MathF.Sin(i * number * 0.7f)).ToArray())];
        float[][] results = [.. Enumerable.Range(0, 3).Select(_ => new float[grid.Pixels * Channels])];
        var (weight, bias) = (new float[Channels], new float[Channels]);
        var statistics = new NormStatistics(Channels);
        var norm = new ChannelScale(Channels);
        fixed (float* x = data[0], shortcut = data[1], gradient = data[2], y = results[0], atSum = results[1], atX = results[2])
        {
            statistics.Take(x, grid.Pixels, threads);
            for (int channel = 0; channel < Channels; channel++)
            {
                norm.Set(channel, statistics.Mean[channel], statistics.Variance[channel], 1.5f, 0.1f);
            }

            if (after == After.Pool)
            {
                ReluPool.Forward(x, y, grid, norm, threads);
                using ChannelSums sums = ReluPool.Sum(x, gradient, grid, norm, threads);
                norm.SetBack(statistics, sums, grid.Pixels, weight, bias);
                ReluPool.Backward(x, gradient, atX, grid, norm, threads);
            }
            else
            {
                float* added = after == After.Sum ? shortcut : null;
                ReluRows.Forward(x, added, y, grid.Pixels, norm, threads);
                using ChannelSums sums = ReluRows.Sum(x, added, gradient, atSum, grid.Pixels, norm, threads);
                norm.SetBack(statistics, sums, grid.Pixels, weight, bias);
                ReluRows.Backward(x, added is null ? gradient : atSum, added is not null, atX, grid.Pixels, norm, threads);
            }
        }

        Assert.All(weight, value => Assert.NotEqual(0, value));
        return [.. statistics.Mean, .. statistics.Variance, .. results.SelectMany(values => values).Concat(weight).Concat(bias).Select(value => (double)value)];
    }

    private static TheoryData<After, int, int, int, int> Combinations()
    {
        var cases = new TheoryData<After, int, int, int, int>();
        foreach (After after in Enum.GetValues<After>())
        {
            cases.Add(after, 2, 16, 4, 6);
            cases.Add(after, 1, 32, 7, 5);
            cases.Add(after, 3, 48, 9, 8);
            cases.Add(after, 40, 8, 13, 13);
            cases.Add(after, 2, 512, 2, 2);
        }

        return cases;
    }

    private static Tensor Joined(BatchNorm norm, After after, Tensor x, Tensor shortcut)
    {
        Assert.True(NormRelu.Takes(x));
        return after switch
        {
            After.Relu => norm.Relu(x),
            After.Sum => norm.ReluOfSum(x, shortcut),
            _ => norm.ReluPooled(x),
        };
    }

    private static Tensor OneByOne(BatchNorm norm, After after, Tensor x, Tensor shortcut) => after switch
    {
        After.Relu => nn.functional.relu(norm.call(x)),
        After.Sum => nn.functional.relu(norm.call(x) + shortcut),
        _ => nn.functional.max_pool2d(nn.functional.relu(norm.call(x)), 2),
    };

    /// <summary>Output, gradients of everything, running statistics.</summary>
    private static List<Tensor> Train(After after, Tensor[] data, Func<BatchNorm, After, Tensor, Tensor, Tensor> layer)
    {
        using BatchNorm norm = Norm((int)data[0].shape[1]);
        Tensor[] inputs = [.. data.Select(tensor => tensor.detach().requires_grad_())];
        Tensor output = layer(norm, after, inputs[0], inputs[1]);
        using Generator weights = new(9);
        (output * randn(output.shape, generator: weights)).sum().backward();
        return
        [
            output.detach(),
            inputs[0].grad!,
            .. after == After.Sum ? [inputs[1].grad!] : Array.Empty<Tensor>(),
            .. norm.parameters().Select(parameter => parameter.grad!.clone()),
            .. norm.buffers().Select(buffer => buffer.clone()),
        ];
    }

    private static BatchNorm Norm(int channels)
    {
        using IDisposable _ = no_grad();
        using Generator generator = new(7);
        var norm = new BatchNorm(new WeightSource(WeightInit.KaimingNormal, null, CPU), channels, Momentum);
        foreach (Tensor parameter in norm.parameters())
        {
            parameter.add_(randn(parameter.shape, generator: generator));
        }

        foreach (Tensor buffer in norm.buffers())
        {
            buffer.add_(1);
        }

        return norm;
    }

    private Tensor Draw(int images, int channels, int height, int width) => PixelByPixel((randn([images, channels, height, width], generator: _generator) * 3) + 2);

    private static Tensor PixelByPixel(Tensor images)
    {
        long[] shape = images.shape;
        return images.permute(0, 2, 3, 1).contiguous().as_strided(shape, [shape[1] * shape[2] * shape[3], 1, shape[3] * shape[1], shape[1]]);
    }

    private static void AssertClose((Tensor Ours, Tensor Torchs) pair)
    {
        double most = Math.Max(1, pair.Torchs.abs().max().item<float>());
        Assert.True(pair.Torchs.allclose(pair.Ours, rtol: 1e-4, atol: 1e-5 * most), $"{(pair.Torchs - pair.Ours).abs().max().item<float>()} apart, of {most}");
    }
}
