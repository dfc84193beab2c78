using Sweeper.Contracts.Specs;

namespace Sweeper.Grains.Planning;

/// <summary>Limits by their names in a spec, and what is said where one was reached.</summary>
internal static class LimitWords
{
    /// <summary><c>limits.trials</c>.</summary>
    public const string Trials = "limits.trials";

    /// <summary><c>limits.epochs</c>.</summary>
    public const string Epochs = "limits.epochs";

    /// <summary><c>limits.wall_time</c>.</summary>
    public const string WallTime = "limits.wall_time";

    /// <summary>Why nothing more starts.</summary>
    public static string Reached(string limit) => $"the limit {limit} of the spec was reached";

    /// <summary>Limits that end a sweep and that are wider now.</summary>
    public static IEnumerable<string> Loosened(LimitsSpec before, LimitsSpec after)
    {
        if ((after.Trials ?? int.MaxValue) > (before.Trials ?? int.MaxValue))
        {
            yield return Trials;
        }

        if ((after.Epochs ?? double.PositiveInfinity) > (before.Epochs ?? double.PositiveInfinity))
        {
            yield return Epochs;
        }

        if ((after.WallTime ?? TimeSpan.MaxValue) > (before.WallTime ?? TimeSpan.MaxValue))
        {
            yield return WallTime;
        }
    }

    /// <summary>The limit that ended a sweep; null: none did.</summary>
    public static string? EndedBy(SweepState state) =>
        new[] { Trials, Epochs, WallTime }.FirstOrDefault(limit => state.StatusReason == Reached(limit));
}
