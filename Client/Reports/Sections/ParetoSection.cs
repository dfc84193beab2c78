using Sweeper.Client.Rendering;
using Sweeper.Client.Reporting;
using Sweeper.Client.Reports.Drawing;
using Sweeper.Client.Reports.Model;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reports.Sections;

/// <summary>What accuracy, or whatever the sweep ranks by, costs in time, in parameters and in memory.</summary>
internal static class ParetoSection
{
    /// <summary>The section; null where there are not two configurations that differ in a cost.</summary>
    public static ReportSection? Of(ReportMaterial material)
    {
        ReportBlock.Figure[] figures = [.. Enum.GetValues<ParetoCost>().Select(cost => Figure(material, cost)).OfType<ReportBlock.Figure>()];
        return figures.Length == 0 ? null : new ReportSection("pareto", "What it costs", [.. figures]);
    }

    private static ReportBlock.Figure? Figure(ReportMaterial material, ParetoCost cost)
    {
        Ranking ranking = material.Results.Spec.Search.Ranking;
        var front = ParetoFront.Of(material.Rows, material.Results.Trials, ranking, cost);
        if (!front.All.Select(point => point.Cost).Distinct().Skip(1).Any())
        {
            return null;
        }

        string words = ParetoTable.Words(cost);
        string points = string.Join("; ", front.Front.Select(point =>
            $"{ParetoTable.Text(cost, point.Cost)}: {MetricText.Value(ranking.By, point.Value)} ({material.Apart(point.Row.Configuration)})"));
        string note = cost switch
        {
            ParetoCost.Seconds => " Times are as they were measured: trials that shared a device took longer.",
            ParetoCost.Memory => " Memory is the most that tensors of a training step took at a time, without the data and what libraries take by themselves.",
            _ => "",
        };
        var plot = new ParetoPlot(words, material.Objective, value => ParetoTable.Text(cost, value), value => MetricText.Value(ranking.By, value));
        return new ReportBlock.Figure(
            $"pareto-{cost.ToString().ToLowerInvariant()}",
            $"{material.Objective} against {words}. Blue, joined by steps: configurations that no other one beats in both. {points}.{note}",
            $"{front.All.Length} configurations by {words} and {material.Objective}; {front.Front.Length} of them are on the Pareto front: {points}.",
            plot.Draw(front));
    }
}
