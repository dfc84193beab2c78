using System.Globalization;
using Example;
using Sweeper.Client;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Silo;

/// <summary>A whole search in one process; docs/library.md shows it.</summary>
internal static class Search
{
    /// <summary>Runs it, and prints the leaderboard.</summary>
    /// <param name="folder">Takes the results.</param>
    public static async Task<int> InThisProcessAsync(string folder)
    {
        SweepSpec spec = new SweepBuilder("within")
            .Seed(3)
            .Data("synthetic").TrainSize(200).Model("my-net").Set("model.plugin", "host").Epochs(1)
            .MaxLearningRate(0.02, 0.05).BatchSize(20).WeightDecay(0).Dropout(0)
            .Build();
        await using RunningSilo silo = await new SweeperSilo().AddModel<MyNet>("my-net").StartAsync(folder, slots: 1, threads: 1);
        await using SweeperClient sweeper = await SweeperClient.ConnectAsync(silo.Gateway, silo.ClusterId);
        Sweep sweep = await sweeper.SubmitAsync(spec);
        SweepResults results = await sweep.WaitAsync();
        foreach (LeaderboardRow row in Leaderboard.Of(results.Trials, spec.Search.Ranking))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Configuration.MaxLearningRate}: {row.ValidationAccuracy:0.0000}"));
        }

        try
        {
            await using RunningSilo second = await new SweeperSilo().StartAsync(folder);
        }
        catch (InvalidOperationException error)
        {
            Console.WriteLine(error.Message);
        }

        return 0;
    }
}
