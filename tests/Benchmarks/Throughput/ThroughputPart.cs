using System.Globalization;
using Sweeper.Tests.Benchmarks.Running;

namespace Sweeper.Tests.Benchmarks.Throughput;

/// <summary>Training steps of the product's engine against plain loops in TorchSharp and PyTorch, in turn.</summary>
internal sealed class ThroughputPart : IPart
{
    private static readonly int[] Batches = [64, 128, 512, 1000];

    /// <inheritdoc />
    public string Name => "throughput";

    /// <inheritdoc />
    public string Words => "[MODELS [BATCHES [THREADS [ROUNDS [SECONDS]]]]]  training against plain TorchSharp and PyTorch, on the first GPU where there is one, there in bfloat16 as well; lists with commas; all models, 64,128,512,1000, 1, 7, 1.5";

    /// <inheritdoc />
    public async Task<IReadOnlyList<Figure>> RunAsync(string[] arguments)
    {
        string[] models = arguments is [{ } asked, ..] && asked != "all" ? asked.Split(',') : [.. Case.Models];
        int[] batches = arguments.Length > 1 ? [.. arguments[1].Split(',').Select(Number)] : Batches;
        int[] threads = arguments.Length > 2 ? [.. arguments[2].Split(',').Select(Number)] : [1];
        int rounds = arguments.Length > 3 ? Number(arguments[3]) : 7;
        double seconds = arguments.Length > 4 ? double.Parse(arguments[4], CultureInfo.InvariantCulture) : 1.5;
        if (models.FirstOrDefault(model => !Case.Models.Contains(model)) is { } unknown)
        {
            throw new UsageException($"there is no '{unknown}': {string.Join(", ", Case.Models)}");
        }

        string[] kinds = [.. Contest.Kinds];
        if (!Contest.HasPyTorch())
        {
            Console.WriteLine("  PyTorch is not there (apt-get install python3-torch, or name a Python that has it in PYTHON)");
            kinds = [.. kinds.Where(kind => kind is Contest.Engine or Contest.Plain or Contest.EngineLow)];
        }

        var figures = new List<Figure>();
        Dictionary<int, double> attainable = [];
        foreach (int count in threads)
        {
            attainable[count] = double.Parse(await Child.RunAsync(Arithmetic.Verb, count.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
            figures.Add(Figure.Of($"threads {count}: best arithmetic rate of an operation", "GFLOP/s", Better.Higher, attainable[count] / 1e9));
        }

        foreach (string model in models)
        {
            foreach (int batch in batches)
            {
                foreach (int count in threads)
                {
                    figures.AddRange(await MeasureAsync(new Case(model, batch, count), kinds, rounds, seconds, attainable[count]));
                }
            }
        }

        return figures;
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(Case @case, string[] kinds, int rounds, double seconds, double attainable)
    {
        double share = Arithmetic.OperationsPerImage(@case) * @case.Batch / attainable;
        using Contest contest = await Contest.StartAsync(@case, kinds);
        List<IReadOnlyDictionary<string, Stint>> all = [];
        for (int round = 0; round < rounds; round++)
        {
            all.Add(await contest.RoundAsync(seconds));
        }

        string name = $"{@case.Model} batch {@case.Batch} threads {@case.Threads}";
        List<Figure> figures =
        [
            .. kinds.Select(kind => new Figure($"{name}: {kind}", "images/s", Better.Higher, [.. all.Select(round => @case.Batch * Rate(round[kind]))])),
            .. kinds.Skip(1).Select(kind => new Figure(
                $"{name}: engine over {kind}", Figure.Ratio, Better.Higher, [.. all.Select(round => Rate(round[Contest.Engine]) / Rate(round[kind]))])),
            .. kinds.Skip(1).Select(kind => new Figure(
                $"{name}: processor time of {kind} over engine's", Figure.Ratio, Better.Higher, [.. all.Select(round => Work(round[kind]) / Work(round[Contest.Engine]))])),
            new Figure($"{name}: engine's share of the best arithmetic rate", Figure.Ratio, Better.Higher, [.. all.Select(round => share * Rate(round[Contest.Engine]))]),
            .. kinds.Take(2).Select(kind => new Figure(
                $"{name}: {kind} allocates", "B/step", Better.Lower, [.. all.Select(round => (double)round[kind].Allocated / round[kind].Steps)])),
        ];
        foreach (Figure figure in figures.Where(figure => figure.Unit == Figure.Ratio))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {figure.Name}: {figure.Median:0.00} ({figure.Values.Min():0.00} to {figure.Values.Max():0.00})"));
        }

        return figures;
    }

    private static double Rate(Stint stint) => stint.Steps / stint.Seconds;

    private static double Work(Stint stint) => stint.Processor / stint.Steps;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
