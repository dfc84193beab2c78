using System.Globalization;
using Sweeper.Contracts.Specs;

namespace Sweeper.Tests.Benchmarks.Folding;

/// <summary>Specs with so many trials, read as a user's are.</summary>
internal static class MadeSpec
{
    /// <summary>The kinds that there are.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["random", "ranged", "sobol", "hyperband", "tpe"];

    /// <summary>A spec.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="name">Name of the sweep.</param>
    /// <param name="trials">Trials.</param>
    /// <param name="reuse">Whether results of earlier sweeps are looked for, which is usual.</param>
    /// <param name="seed">Sweeps of one seed have the same trials, and then take each other's results.</param>
    public static SweepSpec Of(string kind, string name, int trials, bool reuse = false, int seed = 5)
    {
        (string strategy, string stopping, string rate, string decay) = kind switch
        {
            "random" => ("random", "none", "{log: [0.003, 3]}", "{log: [1e-5, 1e-2]}"), // planned ahead, a cell for each trial
            "ranged" => ("random", "none", "range_test", "[0, 1e-4, 1e-3]"), // planned ahead between the bounds of range tests
            "sobol" => ("sobol", "none", "{log: [0.003, 3]}", "{log: [1e-5, 1e-2]}"), // chosen when a slot is free
            "hyperband" => ("random", "cycle_hyperband", "{log: [0.003, 3]}", "[0, 1e-4, 1e-3]"), // on rungs
            "tpe" => ("tpe", "none", "{log: [0.003, 3]}", "[0, 1e-4, 1e-3]"), // chosen from everything that has ended
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind."),
        };
        SpecReading reading = SpecReader.Read(string.Create(CultureInfo.InvariantCulture, $$"""
            name: {{name}}
            seed: {{seed}}
            data: {set: synthetic, train_size: 200}
            model: mlp
            training: {epochs: 20}
            search:
              strategy: {{strategy}}
              stopping: {{stopping}}
              trials: {{trials}}
              reuse: {{(reuse ? "true" : "false")}}
              space: {max_lr: {{rate}}, batch_size: [20, 40, 80], weight_decay: {{decay}}, dropout: [0, 0.1, 0.2]}
            """));
        return reading.Spec is { } spec && reading.Problems.IsEmpty
            ? spec
            : throw new InvalidOperationException(string.Join("; ", reading.Problems.Select(problem => $"{problem.Path}: {problem.Message}")));
    }
}
