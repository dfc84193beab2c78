using System.Globalization;
using Sweeper.Tests.Benchmarks.Running;

namespace Sweeper.Tests.Benchmarks.Orchestration;

/// <summary>Trials that train nothing, through the real path: submit, plan, pool, worker, durable result.</summary>
internal sealed class OrchestrationPart : IPart
{
    private const int Workers = 500;
    private const string Kind = "random";
    private static readonly int[] Sizes = [1_000, 10_000, 100_000];

    /// <inheritdoc />
    public string Name => "orchestration";

    /// <inheritdoc />
    public string Words => "[RUNS [TRIALS…]]  no-op trials per second: SQLite, PostgreSQL, Optuna; 1000 10000 100000, 3 runs of each";

    /// <inheritdoc />
    public async Task<IReadOnlyList<Figure>> RunAsync(string[] arguments)
    {
        int[] numbers = [.. arguments.Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        int runs = numbers is [int asked, ..] ? asked : 3;
        int[] sizes = numbers.Length > 1 ? numbers[1..] : Sizes;
        var figures = new List<Figure>();
        List<IReadOnlyDictionary<string, double>> optuna = await OptunaAsync(runs, sizes[0], figures);
        foreach (string store in Stores())
        {
            Dictionary<int, List<NoOpResult>> results = [];
            foreach (int size in Enumerable.Range(0, runs).SelectMany(_ => sizes))
            {
                NoOpResult result = NoOpResult.Read(await Child.RunAsync(NoOpCase.Verb, store, Kind, Text(size), Text(Workers), "1"));
                Console.WriteLine($"  {store}/{size}: {result.Write()}");
                (results.TryGetValue(size, out List<NoOpResult>? all) ? all : results[size] = []).Add(result);
            }

            foreach ((int size, List<NoOpResult> all) in results)
            {
                figures.AddRange(Of($"{store}/{size}", size, all));
            }

            if (results.Count > 1)
            {
                int last = sizes[^1];
                figures.Add(new Figure(
                    $"{store} time per trial, {last} over {sizes[0]}", Figure.Ratio, Better.Lower,
                    [.. results[last].Zip(results[sizes[0]], (large, small) => large.Seconds / last / (small.Seconds / sizes[0]))]));
            }

            if (optuna.Count > 0)
            {
                figures.AddRange(Optuna.Storages.Select(storage => new Figure(
                    $"{store}/{sizes[0]} trials per second over Optuna's on {storage}", Figure.Ratio, Better.Higher,
                    [.. optuna.Zip(results[sizes[0]], (theirs, ours) => theirs[storage] / ours.Seconds)])));
            }
        }

        return figures;
    }

    private static async Task<List<IReadOnlyDictionary<string, double>>> OptunaAsync(int runs, int trials, List<Figure> figures)
    {
        List<IReadOnlyDictionary<string, double>> all = [];
        while (all.Count < runs && await Optuna.RunAsync(trials) is { } seconds)
        {
            all.Add(seconds);
        }

        if (all.Count > 0)
        {
            figures.AddRange(Optuna.Storages.Select(storage => new Figure(
                $"optuna-{storage}/{trials} trials per second", "1/s", Better.Higher, [.. all.Select(seconds => trials / seconds[storage])])));
        }

        return all;
    }

    private static IEnumerable<string> Stores()
    {
        yield return "sqlite";
        if (PostgreSqlServer.Programs is null)
        {
            Console.WriteLine("  PostgreSQL's server programs are missing: apt-get install postgresql-15");
            yield break;
        }

        yield return "postgresql";
    }

    private static IEnumerable<Figure> Of(string name, int trials, List<NoOpResult> results)
    {
        yield return Make("trials per second", "1/s", Better.Higher, result => trials / result.Seconds);
        yield return Make("processor time", "us/trial", Better.Lower, result => result.ProcessorSeconds * 1e6 / trials);
        yield return Make("kept in memory", "B/trial", Better.Lower, result => result.BytesPerTrial);
        yield return Make("peak resident memory", "MB", Better.Lower, result => result.PeakBytes / 1e6);
        yield return Make("changes in a transaction, mean", "1", Better.Higher, result => result.MeanBatch);
        yield return Make("changes in a transaction, most", "1", Better.Higher, result => result.LargestBatch);
        yield return Make("read by a new coordinator", "s", Better.Lower, result => result.ReactivationSeconds);

        Figure Make(string what, string unit, Better better, Func<NoOpResult, double> read) => new($"{name} {what}", unit, better, [.. results.Select(read)]);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
