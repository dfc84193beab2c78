using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Optimisers;
using Sweeper.Training.Schedules;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Optimisers;

/// <summary>
/// The flat optimisers against TorchSharp's own, step by step, while rate and momentum move. TorchSharp's make scalars that a
/// collection may free while a native call still reads them (dotnet/TorchSharp pull requests 1434, 1496), so they run alone in the
/// process, and without a collection.
/// </summary>
[Collection(Running.WholeProcess.Name)]
public sealed class OptimiserProofTests
{
    private const int Steps = 50;
    private const double Tolerance = 1e-6;

    /// <summary>Bytes that a step of TorchSharp's optimisers allocates, many times over.</summary>
    private const long Enough = 4 << 20;

    public static TheoryData<string> Models => ["mlp", "lenet", "small-cnn"];

    [Theory]
    [MemberData(nameof(Models))]
    public void Sgd_FiftySteps_EqualsTorchSharps(string model) => Compare(
        model,
        new OptimiserOptions.Sgd { WeightDecay = 5e-4 },
        parameters => optim.SGD(parameters, 0.1, momentum: 0.9, weight_decay: 5e-4));

    [Theory]
    [MemberData(nameof(Models))]
    public void SgdNesterov_FiftySteps_EqualsTorchSharps(string model) => Compare(
        model,
        new OptimiserOptions.Sgd { WeightDecay = 1e-3, Nesterov = true },
        parameters => optim.SGD(parameters, 0.1, momentum: 0.9, weight_decay: 1e-3, nesterov: true));

    [Theory]
    [MemberData(nameof(Models))]
    public void AdamW_FiftySteps_EqualsTorchSharps(string model) => Compare(
        model,
        new OptimiserOptions.AdamW { WeightDecay = 1e-2 },
        parameters => optim.AdamW(parameters, 1e-3, weight_decay: 1e-2),
        peak: 2e-3);

    // Both copies see gradients of one and the same model: rounding in the forward pass, which chaos would amplify,
    // stays out, and what is compared is the rule alone.
    private static void Compare(
        string name, OptimiserOptions options, Func<IEnumerable<Parameter>, optim.Optimizer> reference, double peak = 0.01)
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageData data = EngineFixtures.Synthetic();
        using ImageModel ours = Create(name);
        using ImageModel theirs = Create(name);
        using FlatParameters flat = new(ours.parameters(), decayAll: true);
        using Optimiser optimiser = Optimiser.Create(options, flat);
        using optim.Optimizer expected = reference(theirs.parameters());
        using BatchSource batches = new(data, [.. Enumerable.Range(0, data.TrainCount)], 8, Augmentation.None, 1);
        SmithOneCycle schedule = new(peak, 10, 20, Steps, 0.95, 0.85);
        for (int step = 0; step < Steps; step++)
        {
            using DisposeScope perStep = NewDisposeScope();
            SchedulePoint point = schedule.At(step);
            Batch batch = batches.Next();
            flat.ZeroGradients();
            nn.functional.cross_entropy(ours.forward(batch.Images), batch.Labels).backward();
            foreach ((Parameter mine, Parameter other) in ours.parameters().Zip(theirs.parameters()))
            {
                other.grad = mine.grad!.clone();
            }

            optimiser.Step(point);
            Set(expected, point);
            WithoutCollection(() => expected.step());
            foreach ((Parameter mine, Parameter other) in ours.parameters().Zip(theirs.parameters()))
            {
                double difference = (mine - other).abs().max().ToDouble();
                Assert.True(difference <= Tolerance, $"step {step}: parameters differ by {difference}");
            }
        }
    }

    private static void WithoutCollection(Action act)
    {
        Assert.True(GC.TryStartNoGCRegion(Enough));
        try
        {
            act();
        }
        finally
        {
            GC.EndNoGCRegion();
        }
    }

    private static void Set(optim.Optimizer optimizer, SchedulePoint point)
    {
        // The optimizers' own Momentum and Betas set defaults for later groups only: the group holds what a step uses.
        foreach (ParamGroup group in optimizer.ParamGroups)
        {
            group.LearningRate = point.LearningRate;
            switch (group)
            {
                case SGD.ParamGroup sgd:
                    sgd.Momentum = point.Momentum;
                    break;
                case AdamW.ParamGroup adam:
                    adam.Betas = (point.Momentum, 0.999);
                    break;
            }
        }
    }

    private static ImageModel Create(string name)
    {
        using Generator init = new(7);
        using Generator dropout = new(8);
        return ModelCatalog.Create(new ModelOptions { Name = name }, new ImageShape(1, 28, 28), 10, init, dropout, CPU);
    }
}
