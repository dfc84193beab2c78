using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Optimisers;
using Sweeper.Training.OwnModels;
using Sweeper.Training.Running;
using Sweeper.Training.Saving;
using Sweeper.Training.Schedules;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Running;

/// <summary>Networks that compute in bfloat16 and are updated in float32.</summary>
public sealed class PrecisionTests : IDisposable
{
    private readonly ImageData _data = EngineFixtures.Tiny();
    private readonly Trainer _trainer = new(TimeProvider.System);

    public static TheoryData<string, bool> Networks => new()
    {
        { "small-cnn", false }, { "small-cnn", true }, { "mlp", false }, { "resnet20", true },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Run_BFloat16_FollowsFloat32Closely(string model, bool adam)
    {
        TrainingJob job = EngineFixtures.Job(adam, epochs: 2) with { Model = new ModelOptions { Name = model, Dropout = 0.1 } };

        TrainingResult whole = Run(job);
        TrainingResult half = Run(job with { Precision = Precision.BFloat16 });

        Assert.NotEqual(whole.FinalWeightsHash, half.FinalWeightsHash);
        // 8 bits of mantissa: the first losses are equal to a few parts in a hundred, before the paths part.
        Assert.All(whole.Curve.Zip(half.Curve).Take(3), pair => Assert.Equal(1, pair.Second.TrainLoss / pair.First.TrainLoss, 0.05));
        Assert.InRange(half.Test!.Value.Loss, 0.5 * whole.Test!.Value.Loss, (1.5 * whole.Test.Value.Loss) + 0.1);
    }

    [Fact]
    public void Step_AnUpdateBelowTheStepOfBFloat16_IsNotLost()
    {
        using var parameter = new TorchSharp.Modules.Parameter(ones(4, 4, dtype: ScalarType.BFloat16));
        using var flat = new FlatParameters([parameter], decayAll: true);
        using Optimiser optimiser = Optimiser.Create(new OptimiserOptions.Sgd(), flat);

        for (int step = 0; step < 100; step++)
        {
            flat.ZeroGradients();
            using (NewDisposeScope())
            {
                parameter.sum().backward();
            }

            optimiser.Step(new SchedulePoint(1e-4, 0)); // bfloat16 has no number between 0.996 and 1
        }

        Assert.Equal(0.99, flat.Values.data<float>()[0], 1e-4);
        Assert.Equal(0.9883, parameter.to(ScalarType.Float32).data<float>()[0], 0.004);
        Assert.Equal((ScalarType.BFloat16, ScalarType.Float32), (parameter.dtype, flat.Values.dtype));
    }

    [Fact]
    public void Run_Interrupted_GoesOnBitForBit()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("sweeper-bf16-").FullName, "checkpoint");
        TrainingJob job = EngineFixtures.Job() with { Precision = Precision.BFloat16, Checkpoint = new CheckpointOptions { Path = path, DeleteAtEnd = false } };
        TrainingResult whole = Run(job with { Checkpoint = null });
        using CancellationTokenSource source = new();
        TrainingResult first = _trainer.Run(job, _data, new StopAt(source, 12), source.Token);

        TrainingResult second = Run(job);

        Assert.IsType<TrainingOutcome.Cancelled>(first.Outcome);
        Assert.InRange(second.ResumedFromStep, 1, whole.TotalSteps - 1);
        TrainerTests.AssertSameNumbers(whole, second);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void Model_KeepsNormsAndTheirStatisticsInFloat32AndIsSavedAsFloat32()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("sweeper-bf16-").FullName, "model.safetensors");
        TrainingResult result = Run(EngineFixtures.Job() with { Precision = Precision.BFloat16, SavedModel = path });
        using Generator generator = new(1);
        using ImageModel model = ModelCatalog.Create(new ModelOptions { Name = "small-cnn" }, _data.Shape, 3, generator, generator, CPU, ScalarType.BFloat16);

        Assert.All(model.named_parameters(), one => Assert.Equal(
            one.parameter.dim() == 1 && one.name.Contains("norm", StringComparison.OrdinalIgnoreCase) ? ScalarType.Float32 : ScalarType.BFloat16, one.parameter.dtype));
        Assert.All(model.buffers(), buffer => Assert.Equal(ScalarType.Float32, buffer.dtype));
        using SavedModel saved = SavedModel.Load(path);
        Assert.Equal(result.FinalWeightsHash, WeightsHash.Of(saved.Network));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void Check_AModelOfOnesOwn_IsRefused()
    {
        TrainingJob job = EngineFixtures.Job() with
        {
            Precision = Precision.BFloat16,
            Model = new ModelOptions { Name = "own", Own = new OwnModel(new OwnModelSource("own", ModelRegistry.Host, "0", () => throw new InvalidOperationException()), []) },
        };

        Assert.Contains("bfloat16 is for built-in models", Assert.Single(job.Check(_data.Shape, 3)), StringComparison.Ordinal);
    }

    public void Dispose() => _data.Dispose();

    private TrainingResult Run(TrainingJob job) => _trainer.Run(job, _data, null, CancellationToken.None);

    private sealed class StopAt(CancellationTokenSource source, int step) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step >= step)
            {
                source.Cancel();
            }
        }
    }
}
