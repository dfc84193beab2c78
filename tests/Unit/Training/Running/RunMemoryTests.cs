using Sweeper.Training.Data;
using Sweeper.Training.Running;
using TorchSharp;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Running;

/// <summary>What a run holds of its device's memory, as torch itself reports it.</summary>
public sealed class RunMemoryTests : IDisposable
{
    private readonly ImageData _data = EngineFixtures.Tiny();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Begin_KnownTensors_CountsTheirBytesAndThoseOfThisThreadAlone()
    {
        TensorMemory memory = TensorMemory.Of(torch.CPU) ?? throw new InvalidOperationException("This libtorch is another one: see TensorMemoryHook.");
        using torch.Tensor before = torch.zeros(1 << 20);
        torch.Tensor kept;
        using (memory.Begin())
        {
            kept = torch.zeros(1000);
            using (torch.Tensor other = torch.zeros(500, torch.float64))
            {
                Assert.Equal(8000, memory.Peak);
            }

            var neighbour = new Thread(() => torch.zeros(1 << 16).Dispose());
            neighbour.Start();
            neighbour.Join();
            Assert.Equal(8000, memory.Peak);
        }

        torch.zeros(1 << 16).Dispose(); // nobody counts
        using (memory.Begin())
        {
            Assert.Equal(4000, memory.Peak);
            kept.Dispose();
            torch.zeros(700).Dispose();
            Assert.Equal(4000, memory.Peak);
        }

        using (memory.Begin())
        {
            Assert.Equal(0, memory.Peak);
        }
    }

    [Fact]
    public async Task Run_AnyJob_HoldsItsStateAndItsBatchAndSoManyBytesEachTimeAlsoBesideOthers()
    {
        TrainingResult small = Run(EngineFixtures.Job() with { BatchSize = 64 });
        TrainingResult large = Run(EngineFixtures.Job() with { BatchSize = 128 });
        TrainingResult adam = Run(EngineFixtures.Job(adam: true) with { BatchSize = 64 });
        TrainingResult[] together = await Task.WhenAll(new[] { EngineFixtures.Job() with { BatchSize = 64 }, EngineFixtures.Job() with { BatchSize = 128 } }.Select(
            job => Task.Factory.StartNew(() => Run(job), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        long parameters = small.Circumstances.Parameters;
        Assert.InRange(small.MemoryBytes!.Value, 3 * 4 * parameters, long.MaxValue); // values, gradients, momentum
        Assert.InRange(adam.MemoryBytes!.Value - small.MemoryBytes.Value, (4 * parameters) - 4096, long.MaxValue); // a second moment, at least
        // What grows with the batch is a batch's activations: it outweighs what does not.
        Assert.InRange((double)large.MemoryBytes!.Value / small.MemoryBytes.Value, 1.2, 2);
        Assert.Equal([small.MemoryBytes, large.MemoryBytes], together.Select(result => result.MemoryBytes));
        Assert.Equal(small.MemoryBytes, Run(EngineFixtures.Job(seed: 9) with { BatchSize = 64 }).MemoryBytes);
    }

    [Fact]
    public void Begin_AStepThatFails_IsNoLongerListenedTo()
    {
        TensorMemory memory = TensorMemory.Of(torch.CPU)!;
        Assert.Throws<InvalidOperationException>(Fail);
        using torch.Tensor after = torch.zeros(1 << 12);
        using (memory.Begin())
        {
            Assert.Equal(0, memory.Peak);
        }

        void Fail()
        {
            using TensorMemory.Watch watch = memory.Begin();
            throw new InvalidOperationException("a step fails");
        }
    }

    private TrainingResult Run(TrainingJob job) => new Trainer(TimeProvider.System).Run(job, _data, null, CancellationToken.None);
}
