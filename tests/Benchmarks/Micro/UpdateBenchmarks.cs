using BenchmarkDotNet.Attributes;
using Sweeper.Tests.Benchmarks.Throughput;
using Sweeper.Training.Optimisers;
using Sweeper.Training.Schedules;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sweeper.Tests.Benchmarks.Micro;

/// <summary>One update of a ResNet-56 with Nesterov momentum and weight decay: a flat buffer against TorchSharp's loop over parameters.</summary>
public class UpdateBenchmarks : IDisposable
{
    private static readonly SchedulePoint Point = new(1e-9, 0.9);

    private FlatParameters? _flat;
    private Training.Optimisers.Optimiser? _ours;
    private nn.Module<Tensor, Tensor>? _model;
    private nn.Module<Tensor, Tensor>? _other;
    private optim.Optimizer? _theirs;

    /// <summary>Makes both, with gradients.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        set_num_threads(1);
        _model = PlainModels.Create("resnet56");
        _flat = new FlatParameters(_model.parameters(), decayAll: true);
        _ours = Training.Optimisers.Optimiser.Create(new OptimiserOptions.Sgd { Nesterov = true, WeightDecay = 1e-4 }, _flat);
        _other = PlainModels.Create("resnet56");
        _theirs = optim.SGD(_other.parameters(), Point.LearningRate, momentum: Point.Momentum, weight_decay: 1e-4, nesterov: true);
        foreach (Parameter parameter in _other.parameters())
        {
            parameter.grad = zeros_like(parameter);
        }
    }

    /// <summary>Ours.</summary>
    [Benchmark]
    public void Flat()
    {
        using DisposeScope scope = NewDisposeScope();
        _ours!.Step(Point); // made by SetUp
    }

    /// <summary>TorchSharp's.</summary>
    [Benchmark]
    public void Loop()
    {
        using DisposeScope scope = NewDisposeScope();
        _theirs!.step(); // made by SetUp
    }

    /// <inheritdoc />
    [GlobalCleanup]
    public void Dispose()
    {
        _ours?.Dispose();
        _flat?.Dispose();
        _model?.Dispose();
        _theirs?.Dispose();
        _other?.Dispose();
        GC.SuppressFinalize(this);
    }
}
