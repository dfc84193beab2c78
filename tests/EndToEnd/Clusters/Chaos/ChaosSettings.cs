using System.Globalization;

namespace Sweeper.Tests.EndToEnd.Clusters.Chaos;

/// <summary>How large a run is, and how hard it is hit.</summary>
/// <param name="Trials">Trials of the sweep.</param>
/// <param name="Epochs">Length of each.</param>
/// <param name="Seed">Decides which silo is hit how.</param>
/// <param name="Every">Time between two hits.</param>
/// <param name="Away">Time that a silo is away.</param>
/// <param name="ServerLosses">Times that Redis is killed, and as many that PostgreSQL is.</param>
internal sealed record ChaosSettings(int Trials, double Epochs, int Seed, TimeSpan Every, TimeSpan Away, int ServerLosses)
{
    /// <summary>Silos.</summary>
    public const int Silos = 4;

    /// <summary>A run of minutes.</summary>
    public static ChaosSettings Short { get; } = new(40, 4, 1, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(3), 1);

    /// <summary>The whole run, of the size and seed that the environment names.</summary>
    public static ChaosSettings Long { get; } = new(
        Number("SWEEPER_CHAOS_TRIALS", 1000), 4, Number("SWEEPER_CHAOS_SEED", 1), TimeSpan.FromSeconds(Number("SWEEPER_CHAOS_EVERY", 20)), TimeSpan.FromSeconds(8), 2);

    private static int Number(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
