using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Optimisers;
using Sweeper.Training.Running;
using Sweeper.Training.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Tests.Benchmarks.Throughput;

/// <summary>The product's own session, stepped as its runs step it.</summary>
internal sealed class EngineContender : IContender
{
    private static readonly SchedulePoint Point = new(Case.Rate, Case.Momentum);
    private readonly ImageData _data;
    private readonly TrainingSession _session;
    private readonly LossBuffer _losses;

    public EngineContender(Case @case, Precision precision)
    {
        TorchRuntime.Configure(@case.Threads);
        (byte[] pixels, int[] labels) = @case.Draw();
        var part = new RawPart(pixels, labels);
        using var drawn = ImageData.From("made-up", new RawImages(
            new ImageShape(@case.Channels, @case.Side, @case.Side),
            [.. Enumerable.Range(0, Case.Classes).Select(label => $"class-{label}")],
            part,
            part.Pick([0, 1]),
            "made up"));
        _data = drawn.To(BenchmarkDevice.Get());
        _session = new TrainingSession(
            new ModelOptions { Name = @case.Model },
            new OptimiserOptions.Sgd { Nesterov = true, WeightDecay = Case.Decay },
            _data,
            [.. Enumerable.Range(0, Case.Images)],
            @case.Batch,
            Augmentation.None,
            seed: 1,
            precision: precision);
        _losses = new LossBuffer(_data.Device);
    }

    public long Parameters => _session.Model.ParameterCount;

    public void Step()
    {
        using DisposeScope scope = NewDisposeScope();
        _losses.Add(_session.Step(Point));
        if (_losses.IsFull)
        {
            _losses.Take();
        }
    }

    public void Dispose()
    {
        _losses.Dispose();
        _session.Dispose();
        _data.Dispose();
    }
}
