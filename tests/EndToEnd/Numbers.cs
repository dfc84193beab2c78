using System.Collections.Immutable;
using System.Text.Json;

namespace Sweeper.Tests.EndToEnd;

/// <summary>What must not depend on what went wrong: configurations, outcomes, scores, hashes of weights, ranks.</summary>
internal static class Numbers
{
    /// <summary>One line for each trial, range test and rank of a sweep.</summary>
    public static async Task<ImmutableArray<string>> OfAsync(Sandbox sandbox, string sweep) => Of(await sandbox.JsonAsync("show", sweep));

    /// <summary>The same of a sweep that was shown with <c>-o json</c>.</summary>
    public static ImmutableArray<string> Of(JsonElement json) =>
    [
        .. json.GetProperty("cells").EnumerateArray().Select(cell => $"cell {cell.GetProperty("number")} {cell.GetProperty("outcome")}"),
        .. json.GetProperty("trials").EnumerateArray().Select(trial =>
            $"trial {trial.GetProperty("number")} {trial.GetProperty("configuration")} {trial.GetProperty("status")} {trial.GetProperty("outcome")}"),
        .. json.GetProperty("leaderboard").EnumerateArray().Select(row =>
            $"rank {row.GetProperty("rank")} {row.GetProperty("trials")} {row.GetProperty("validation_accuracy")} {row.GetProperty("test_accuracy")}"),
    ];
}
