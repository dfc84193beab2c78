using System.Diagnostics;
using System.Globalization;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Store;
using Sweeper.Grains.Sweeps;
using Sweeper.Tests.Benchmarks.Running;

namespace Sweeper.Tests.Benchmarks.Folding;

/// <summary>What an event costs: the planner on the way there, a coordinator that folds all of them, what it then keeps in memory.</summary>
internal sealed class FoldPart : IPart
{
    private const int Slots = 500;
    private static readonly int[] Sizes = [1_000, 10_000, 100_000];

    /// <inheritdoc />
    public string Name => "fold";

    /// <inheritdoc />
    public string Words => "[KIND [TRIALS…]]  what an event costs, by kind of search and number of trials";

    /// <inheritdoc />
    public Task<IReadOnlyList<Figure>> RunAsync(string[] arguments)
    {
        string[] kinds = arguments is [string kind, ..] ? [kind] : [.. MadeSpec.Kinds];
        if (kinds.FirstOrDefault(other => !MadeSpec.Kinds.Contains(other)) is { } unknown)
        {
            throw new UsageException($"there is no kind '{unknown}': {string.Join(", ", MadeSpec.Kinds)}");
        }

        int[] asked = [.. arguments.Skip(1).Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        var figures = new List<Figure>();
        foreach (string each in kinds)
        {
            Measure(each, 200, []); // compiled
            foreach (int trials in asked.Length > 0 ? asked : Sizes.Where(size => size <= Most(each)))
            {
                Measure(each, trials, figures);
            }
        }

        return Task.FromResult<IReadOnlyList<Figure>>(figures);
    }

    /// <summary>Samplers that look at all results for each choice are not for hundreds of thousands.</summary>
    private static int Most(string kind) => kind is "tpe" ? 1_000 : kind is "hyperband" ? 10_000 : 100_000;

    private static void Measure(string kind, int trials, List<Figure> figures)
    {
        MadeSweep made = MadeSweep.Of(MadeSpec.Of(kind, "folded", trials), Slots);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        SweepState state = SweepPlanner.Start(made.Spec);
        foreach (StoredEvent stored in made.Events)
        {
            state = SweepPlanner.Decide(state, EventJson.Read(stored)).State;
        }

        double seconds = clock.Elapsed.TotalSeconds;
        long kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        if (state.Sequence != made.End.Sequence || state.Counts != made.End.Counts)
        {
            throw new InvalidOperationException("The folded sweep is another one.");
        }

        string name = string.Create(CultureInfo.InvariantCulture, $"{kind}/{trials}");
        figures.Add(Figure.Of($"{name} decide", "us/event", Better.Lower, made.Seconds * 1e6 / made.Events.Length));
        figures.Add(Figure.Of($"{name} fold", "us/event", Better.Lower, seconds * 1e6 / made.Events.Length));
        figures.Add(Figure.Of($"{name} fold of all {made.Events.Length} events", "s", Better.Lower, seconds));
        figures.Add(Figure.Of($"{name} kept in memory", "B/trial", Better.Lower, (double)kept / state.Trials.Count));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name}: {seconds:0.00} s"));
        GC.KeepAlive(state);
    }
}
