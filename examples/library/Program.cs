// A sweep from a program: `dotnet run --project examples/library -c Release -- FOLDER`, where FOLDER takes the results.
using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Client;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

SweepSpec spec = new SweepBuilder("from-a-program")
    .Seed(3)
    .Data("synthetic")
    .TrainSize(600)
    .Model("mlp")
    .Epochs(2)
    .Schedule(ScheduleType.Fastai)
    .Set("range_test.epochs", "2")
    .MaxLearningRate(new AxisSpec.FromRangeTest(Low: 0.25, High: 1, Points: 2))
    .BatchSize(20)
    .WeightDecay(0, 1e-3)
    .Dropout(0)
    .Build();

// A silo of one's own on this machine; ConnectAsync("HOST:PORT") for a cluster.
await using SweeperClient sweeper = await SweeperClient.StartAsync(new LocalSilo(DataDirectory: args is [var folder] ? folder : null, Slots: 1));
Sweep sweep = await sweeper.SubmitAsync(spec);
await foreach (SweepView view in sweep.FollowAsync())
{
    Console.WriteLine($"{view.Status}: {view.RangeTests.Ended} of {view.RangeTests.Total} range tests, {view.Counts.Ended} of {view.Counts.Total} trials");
}

SweepResults results = await sweep.ResultsAsync();
ImmutableArray<LeaderboardRow> board = Leaderboard.Of(results.Trials, spec.Search.Ranking);
foreach (LeaderboardRow row in board)
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Configuration}: {row.ValidationAccuracy:P2} ± {row.ValidationDeviation ?? 0:P2}"));
}

JobCurves? curves = await sweep.CurvesAsync(JobKind.Trial, 1);
Console.WriteLine($"T-0001 recorded {curves?.Step.Length ?? 0} points.");
return board.IsEmpty ? 1 : 0;
