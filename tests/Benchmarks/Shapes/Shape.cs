namespace Sweeper.Tests.Benchmarks.Shapes;

/// <summary>One of the six loads of Ray Tune's published scalability benchmark, as far as one machine can carry it.</summary>
/// <param name="Name">Name on the command line.</param>
/// <param name="Trials">Trials in all.</param>
/// <param name="Workers">Workers, each with one trial at a time.</param>
/// <param name="Seconds">Length of a trial that does nothing but wait.</param>
/// <param name="Results">Results that each reports a second.</param>
/// <param name="CheckpointEvery">Seconds between two checkpoints of 10 MB; 0: none.</param>
/// <param name="Theirs">What theirs was, and what Ray took over the ideal time.</param>
internal sealed record Shape(string Name, int Trials, int Workers, double Seconds, double Results, double CheckpointEvery, string Theirs)
{
    /// <summary>All six.</summary>
    public static IReadOnlyList<Shape> All { get; } =
    [
        new("short", 1_600, 16, 1, 1, 0, "10,000 trials of 1 s on 16 processors: +14 %"),
        new("results", 96, 96, 30, 10, 0, "96 trials of 100 s, 10 results a second each, one machine: +69 %"),
        new("many", 1_000, 1_000, 30, 0.1, 0, "1,000 trials of 100 s, a result in 10 s each, 16 machines: +68 %"),
        new("nodes", 200, 200, 30, 1, 0, "200 trials of 300 s, a result a second each, 200 machines: 7.6 times the time"),
        new("long", 16, 16, 120, 0.1, 0, "16 trials of 24 h: +2.6 %"),
        new("checkpoints", 16, 16, 60, 0.1, 10, "16 trials of 300 s with checkpoints of 10 MB, 16 machines: +31 %"),
    ];

    /// <summary>Time without any overhead, seconds.</summary>
    public double Ideal => Math.Ceiling((double)Trials / Workers) * Seconds;
}
