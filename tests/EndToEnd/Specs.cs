namespace Sweeper.Tests.EndToEnd;

/// <summary>Small specs.</summary>
internal static class Specs
{
    /// <summary>A sweep of seconds: range tests and trials of a small network on made-up images.</summary>
    public static string Tiny(string name = "tiny") => $$$"""
        name: {{{name}}}
        seed: 3
        data: {set: synthetic, train_size: 600}
        model: mlp
        training: {epochs: 2}
        range_test: {epochs: 2, points: 50}
        search:
          space:
            max_lr: {range_test: {low: 0.25, high: 1, points: 2}}
            batch_size: 20
            weight_decay: [0, 1e-3]
            dropout: 0
        """;

    /// <summary>Trials of a second or two each, rates given.</summary>
    public static string Trials(string name, int count, double epochs, int attempts = 30, double highest = 0.1) => $$$"""
        name: {{{name}}}
        seed: 5
        data: {set: synthetic}
        model: mlp
        training: {epochs: {{{epochs}}}}
        search:
          strategy: random
          trials: {{{count}}}
          space:
            max_lr: {log: [0.003, {{{highest}}}]}
            batch_size: 10
            weight_decay: 1e-4
            dropout: 0.1
        limits: {attempts: {{{attempts}}}}
        """;
}
