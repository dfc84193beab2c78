using System.Diagnostics;
using System.Globalization;
using Sweeper.Training.Running;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sweeper.Tests.Benchmarks.Throughput;

/// <summary>How much arithmetic a network needs, and how much of it this machine can do.</summary>
internal static class Arithmetic
{
    /// <summary>First argument of the child that measures the machine.</summary>
    public const string Verb = "arithmetic-rate";

    /// <summary>
    /// Floating-point operations of a training step for each image: two for each multiply-add of convolutions and dense layers,
    /// forward, and for the gradients of inputs and of weights. What the rest of a network costs is not arithmetic to speak of.
    /// </summary>
    public static double OperationsPerImage(Case @case)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable still = no_grad();
        using nn.Module<Tensor, Tensor> model = PlainModels.Create(@case.Model);
        long multiplyAdds = 0;
        foreach (nn.Module layer in model.modules())
        {
            if (layer is Conv2d convolution)
            {
                convolution.register_forward_hook((_, _, output) => Count(output, convolution.weight.numel() / convolution.weight.shape[0]));
            }
            else if (layer is Linear dense)
            {
                dense.register_forward_hook((_, _, output) => Count(output, dense.weight!.shape[1]));
            }
        }

        model.call(zeros(1, @case.Channels, @case.Side, @case.Side));
        return 3 * 2.0 * multiplyAdds;

        Tensor Count(Tensor output, long terms)
        {
            multiplyAdds += output.numel() * terms;
            return output;
        }
    }

    /// <summary>Prints <see cref="Attainable"/>.</summary>
    /// <returns>0.</returns>
    public static int Print(string threads)
    {
        Console.WriteLine(Attainable(int.Parse(threads, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    /// <summary>
    /// The best rate that any operation reaches here, operations a second: a large product of matrices, or a wide convolution in the
    /// layout that suits it.
    /// </summary>
    private static double Attainable(int threads)
    {
        TorchRuntime.Configure(threads);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable still = no_grad();
        Device device = BenchmarkDevice.Get();
        long side = BenchmarkDevice.IsCuda ? 8192 : 1024; // what fills it
        Tensor left = randn(side, side, device: device);
        Tensor right = randn(side, side, device: device);
        Tensor images = randn([32, 32, 32, 256], device: device).permute(0, 3, 1, 2);
        Tensor kernels = randn([256, 3, 3, 256], device: device).permute(0, 3, 1, 2);
        double product = Best(() => left.matmul(right), 2.0 * side * side * side);
        double convolution = Best(() => nn.functional.conv2d(images, kernels, padding: [1, 1]), 2.0 * 32 * 32 * 32 * 256 * 256 * 9);
        return Math.Max(product, convolution);
    }

    private static double Best(Func<Tensor> operation, double operations)
    {
        double best = 0;
        for (int i = 0; i < 20; i++)
        {
            var clock = Stopwatch.StartNew();
            operation().Dispose();
            BenchmarkDevice.Wait();
            best = Math.Max(best, operations / clock.Elapsed.TotalSeconds);
        }

        return best;
    }
}
