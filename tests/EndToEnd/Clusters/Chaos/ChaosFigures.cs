using System.Collections.Immutable;
using System.Text.Json;

namespace Sweeper.Tests.EndToEnd.Clusters.Chaos;

/// <summary>What a run cost.</summary>
/// <param name="Hits">Silos killed or stopped.</param>
/// <param name="Lost">Attempts that were lost with them.</param>
/// <param name="HandedBack">Attempts that were handed back.</param>
/// <param name="Waits">Seconds from each hit that lost an attempt to the start of the next attempt.</param>
/// <param name="StepsTwice">Training steps that were taken before a hit and again after it, estimated from times and speeds.</param>
/// <param name="Steps">Steps of all trials, each once.</param>
internal sealed record ChaosFigures(int Hits, int Lost, int HandedBack, ImmutableArray<double> Waits, double StepsTwice, double Steps)
{
    private const int BatchSize = 10; // of Specs.Trials

    /// <summary>From the store, the hits and what <c>sweeper show</c> says.</summary>
    public static async Task<ChaosFigures> OfAsync(ClusterStore store, string sweep, JsonElement shown, IReadOnlyList<(DateTimeOffset At, string Node, string What)> hits)
    {
        var attempts = await store.AttemptsAsync(sweep);
        var starts = attempts.ToDictionary(attempt => (attempt.Trial, attempt.Attempt), attempt => attempt.StartedAt);
        var waits = ImmutableArray.CreateBuilder<double>();
        Dictionary<int, double> secondsLost = [];
        foreach (var attempt in attempts.Where(attempt => attempt.EndedAs == "lost"))
        {
            DateTimeOffset[] before = [.. hits.Where(hit => hit.Node == attempt.Node && hit.At >= attempt.StartedAt && hit.At <= attempt.EndedAt).Select(hit => hit.At)];
            DateTimeOffset end = before.Length > 0 ? before[0] : attempt.EndedAt!.Value; // lost: it has ended
            secondsLost[attempt.Trial] = secondsLost.GetValueOrDefault(attempt.Trial) + (end - attempt.StartedAt).TotalSeconds;
            if (before.Length > 0 && starts.TryGetValue((attempt.Trial, attempt.Attempt + 1), out DateTimeOffset next))
            {
                waits.Add((next - before[0]).TotalSeconds);
            }
        }

        double twice = 0, steps = 0;
        foreach (JsonElement trial in shown.GetProperty("trials").EnumerateArray())
        {
            JsonElement run = trial.GetProperty("run");
            steps += run.GetProperty("steps").GetDouble();
            double speed = run.GetProperty("images_per_second").GetDouble() / BatchSize;
            twice += Math.Max(0, speed * secondsLost.GetValueOrDefault(trial.GetProperty("number").GetInt32()) - run.GetProperty("resumed_from_step").GetDouble());
        }

        return new ChaosFigures(
            hits.Count,
            attempts.Count(attempt => attempt.EndedAs == "lost"),
            attempts.Count(attempt => attempt.EndedAs == "handed_back"),
            [.. waits.Order()],
            twice,
            steps);
    }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"""
        {Hits} hits, {Lost} attempts lost, {HandedBack} handed back
        from a hit to the next attempt: median {Waits.ElementAtOrDefault(Waits.Length / 2):0.0} s, longest {Waits.LastOrDefault():0.0} s (n = {Waits.Length})
        steps taken twice: about {StepsTwice:0} of {Steps:0} ({StepsTwice / Steps:P1})
        """);
}
