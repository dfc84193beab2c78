using System.Collections.Immutable;
using Spectre.Console;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reporting;

/// <summary>The configurations that no other one beats in both, as a table.</summary>
internal static class ParetoTable
{
    /// <summary>Cost as a person reads it: <c>training time</c>.</summary>
    public static string Words(ParetoCost cost) => cost switch
    {
        ParetoCost.Seconds => "training time",
        ParetoCost.Memory => "training memory",
        _ => "parameters",
    };

    /// <summary>A cost: a duration, a size, or a number.</summary>
    public static string Text(ParetoCost cost, double value) => cost switch
    {
        ParetoCost.Seconds => $"{HumanText.Rate(value)} s",
        ParetoCost.Memory => HumanText.Memory(value),
        _ => FormattableString.Invariant($"{value:N0}"),
    };

    /// <summary>Writes it.</summary>
    public static void Write(IAnsiConsole console, SweepResults results, ParetoFront front, ParetoCost cost)
    {
        Ranking ranking = results.Spec.Search.Ranking;
        ImmutableArray<Axis> axes = Axis.Varying(front.All.Select(point => point.Row.Configuration));
        console.MarkupLine(Markup.Escape(
            $"Pareto front: {ranking.Words} against {Words(cost)}; {front.Front.Length} of {HumanText.Count(front.All.Length, "configuration")}: none of the others is better without costing more"));
        Table table = PlainTable.Of([Words(cost), ranking.MetricWords, .. axes.Select(axis => axis.Header), "#", "trials"]);
        foreach (ParetoPoint point in front.Front)
        {
            table.AddRow([
                PlainTable.Cell(Text(cost, point.Cost)),
                PlainTable.Cell(MetricText.Value(ranking.By, point.Value)),
                .. axes.Select(axis => PlainTable.Cell(axis.Text(point.Row.Configuration))),
                PlainTable.Cell(FormattableString.Invariant($"{point.Row.Rank}")),
                PlainTable.Cell(string.Join(' ', point.Row.Trials.Select(number => FormattableString.Invariant($"T-{number:0000}")))),
            ]);
        }

        console.Write(table);
    }
}
