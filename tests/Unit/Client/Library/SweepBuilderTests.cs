using Sweeper.Client;
using Sweeper.Contracts.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Client.Library;

/// <summary>Specs made in C#.</summary>
public sealed class SweepBuilderTests
{
    [Fact]
    public void Build_AllSettings_EqualsTheSameFile()
    {
        SweepSpec built = new SweepBuilder("mine").Seed(7).Data("mnist", validation: 0.2).TrainSize(5000).Model("lenet").Epochs(2.5)
            .Schedule(ScheduleType.PyTorch).Optimizer(OptimizerType.AdamW).Strategy(SearchStrategy.GaussianProcess, 12).SelectBy(SelectionSet.Test)
            .MaxLearningRate(new AxisSpec.Range(1e-4, 1e-2, Log: true, Points: 0)).BatchSize(64, 128).WeightDecay(0, 1e-3).Dropout(0.1)
            .WallTime(TimeSpan.FromMinutes(90)).Set("limits.max_parallel", "2").Build();

        SpecReading read = SpecReader.Read("""
            name: mine
            seed: 7
            data: {set: mnist, validation: 0.2, train_size: 5000}
            model: lenet
            training: {epochs: 2.5, schedule: pytorch, optimizer: adamw}
            search: {strategy: gp, trials: 12, select_by: test, space: {max_lr: {log: [1e-4, 1e-2]}, batch_size: [64, 128], weight_decay: [0, 1e-3], dropout: 0.1}}
            limits: {wall_time: 90m, max_parallel: 2}
            """);
        Assert.Empty(read.Problems);
        Assert.Equal(read.Spec, built);
    }

    [Fact]
    public void Build_Trainer_SeesItsFiles()
    {
        string folder = Directory.CreateTempSubdirectory("sweeper-builder-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "train.py"), "one");
            string first = Content();
            File.WriteAllText(Path.Combine(folder, "train.py"), "two");

            Assert.NotEqual(first, Content());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        string Content() => new SweepBuilder("mine").Trainer(folder, ["python3", "train.py", "--lr={max_lr}"], 100, 10, 2).Epochs(2).MaxLearningRate(0.1).BatchSize(10).WeightDecay(0).Dropout(0)
            .Build().Trainer!.Content!;
    }

    [Fact]
    public void Build_BadSettings_ThrowsWithEveryProblem()
    {
        SpecProblemsException refused = Assert.Throws<SpecProblemsException>(() =>
            new SweepBuilder("Not A Name").Data("mnits").Model("lenet").Epochs(-1).MaxLearningRate(0.1).BatchSize(64).WeightDecay(0).Dropout(0).Build());

        Assert.Equivalent(new[] { "name", "data.set", "training.epochs" }, refused.Problems.Select(problem => problem.Path), strict: true);
    }

    [Fact]
    public async Task Connect_BadAddress_SaysSo()
    {
        SweeperUnavailableException refused = await Assert.ThrowsAsync<SweeperUnavailableException>(() => SweeperClient.ConnectAsync("nonsense", stop: TestContext.Current.CancellationToken));

        Assert.Contains("HOST:PORT is expected", refused.Message, StringComparison.Ordinal);
    }
}
