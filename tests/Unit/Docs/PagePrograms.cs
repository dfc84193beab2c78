using Sweeper.Client;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Training.Saving;
using Xunit;

namespace Sweeper.Tests.Unit.Docs;

/// <summary>Programs that pages show, line for line, so that they are compiled; whole ones are in <c>examples</c>, and run.</summary>
public sealed class PagePrograms
{
    /// <summary>docs/library.md.</summary>
    internal static async Task<SweepResults> LibraryAsync()
    {
        SweepSpec spec = new SweepBuilder("mine")
            .Data("fashion-mnist-10k").Model("small-cnn").Epochs(3)
            .MaxLearningRate(new AxisSpec.FromRangeTest(Low: 0.1, High: 1, Points: 3))
            .BatchSize(128, 256).WeightDecay(5e-4).Dropout(0)
            .Build();

        await using SweeperClient sweeper = await SweeperClient.StartAsync();
        Sweep sweep = await sweeper.SubmitAsync(spec);
        await foreach (SweepView view in sweep.FollowAsync())
        {
            Console.WriteLine($"{view.Counts.Ended} of {view.Counts.Total}");
        }

        SweepResults results = await sweep.ResultsAsync();
        return results;
    }

    /// <summary>docs/use-the-winner.md; the cards of saved models have these lines, too.</summary>
    internal static void Winner(byte[] pixels)
    {
        using SavedModel model = SavedModel.Load("winner/model.safetensors");
        float[] probability = model.Predict(pixels)[0];
        Console.WriteLine(model.Info.Classes[Array.IndexOf(probability, probability.Max())]);
    }

    [Fact]
    public void Winner_WithoutTheFolder_SaysThatThereIsNone() => Assert.Throws<DirectoryNotFoundException>(() => Winner([]));

    [Fact]
    public void Library_ItsSpec_IsTheOneThatAFileWouldGive()
    {
        SpecReading file = SpecReader.Read("""
            name: mine
            data: fashion-mnist-10k
            model: small-cnn
            training: {epochs: 3}
            search: {space: {max_lr: {range_test: {low: 0.1, high: 1, points: 3}}, batch_size: [128, 256], weight_decay: 5e-4, dropout: 0}}
            """);
        Assert.Empty(file.Problems);
        Assert.Equal(
            SpecYaml.Write(file.Spec!), // there are no problems
            SpecYaml.Write(new SweepBuilder("mine").Data("fashion-mnist-10k").Model("small-cnn").Epochs(3)
                .MaxLearningRate(new AxisSpec.FromRangeTest(Low: 0.1, High: 1, Points: 3)).BatchSize(128, 256).WeightDecay(5e-4).Dropout(0).Build()));
    }
}
