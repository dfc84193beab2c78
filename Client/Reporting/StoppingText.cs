using System.Collections.Immutable;
using System.Globalization;
using Spectre.Console;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Client.Reporting;

/// <summary>Early stopping and lengths of cycles, for a person.</summary>
internal static class StoppingText
{
    /// <summary>Headers of the table of lengths.</summary>
    public static ImmutableArray<string> Columns { get; } = ["epochs", "finished", "failed", "best", "trial", "ranks like the next length"];

    /// <summary>Writes what there is to say.</summary>
    public static void Write(IAnsiConsole console, string sweep, StoppingSummary summary, string score)
    {
        ImmutableArray<string> sentences = [.. Sentences(summary)];
        if (!sentences.IsEmpty)
        {
            console.WriteLine();
            console.MarkupLine("[bold]Early stopping[/]");
            foreach (string sentence in sentences)
            {
                console.MarkupLine(Markup.Escape(sentence));
            }
        }

        if (summary.Lengths.IsEmpty)
        {
            return;
        }

        console.WriteLine();
        console.MarkupLine($"[bold]{char.ToUpperInvariant(score[0])}{score[1..]} against the length of the cycle[/]");
        Table table = PlainTable.Of([.. Columns]);
        foreach (CycleLength length in summary.Lengths)
        {
            table.AddRow(Row(sweep, length).Select(PlainTable.Cell));
        }

        console.Write(table);
        if (ShortestGoodEnough(summary) is { } enough)
        {
            console.MarkupLine(Markup.Escape(enough));
        }
    }

    /// <summary>A length under <see cref="Columns"/>.</summary>
    public static ImmutableArray<string> Row(string sweep, CycleLength length) =>
    [
        FormattableString.Invariant($"{length.Epochs:0.##}"),
        FormattableString.Invariant($"{length.Finished}"),
        FormattableString.Invariant($"{length.Failed}"),
        HumanText.Percent(length.BestAccuracy),
        length.BestTrial is { } best ? new JobKey(sweep, JobKind.Trial, best).ShortName : HumanText.None,
        Agreement(length.ToNext),
    ];

    /// <summary>Sentences about stopped trials and audits.</summary>
    public static IEnumerable<string> Sentences(StoppingSummary summary)
    {
        int byRule = summary.Stopped - summary.ForSafety;
        if (summary.Stopped > 0)
        {
            string who = string.Join(", ", new (int Number, string Name)[] { (byRule, summary.Rule), (summary.ForSafety, "at chance long after the peak") }
                .Where(part => part.Number > 0)
                .Select(part => FormattableString.Invariant($"{part.Number} {part.Name}")));
            double share = summary.EpochsSaved / (summary.EpochsSaved + summary.EpochsTrained);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{HumanText.Count(summary.Stopped, "trial")} stopped early ({who}), {summary.EpochsSaved:0.#} epochs saved: {HumanText.Percent(share)} of what the trials would have taken.");
        }

        if (byRule == 0 && summary.Rule is not ("none" or "cycle_hyperband"))
        {
            yield return $"{summary.Rule} stopped no trial.";
        }

        if (summary.Cut is { Floor: { } floor } cut)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Of {cut.Pairs} configurations trained at both lengths, the {cut.Good} best reached at least {HumanText.Percent(floor)} in the short cycle; {cut.Below} of {cut.Judged} did not: ")
                + (cut.Pays ? "such ones are not trained whole." : "too few to pay, so that all are trained whole.");
        }
        else if (summary.Cut is not null)
        {
            yield return $"{HumanText.Count(summary.Cut.Pairs, "configuration")} trained at both lengths of the cycle: too few to sort out by the short one.";
        }

        if (summary.Cut is { Spared: > 0 } spared)
        {
            yield return $"{HumanText.Count(spared.Spared, "configuration")} had a short cycle only.";
        }

        if (summary.Audit is { Audited: > 0 } audit)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"False stops: {audit.Wrong} of {HumanText.Count(audit.Audited, "audited trial")} would have beaten the best of the moment, {HumanText.Percent((double)audit.Wrong / audit.Audited)} (95%: {HumanText.Percent(audit.Low)} to {HumanText.Percent(audit.High)}).");
        }
        else if (summary.Audit is not null)
        {
            yield return "No stop was audited: how often the rule is wrong here is not known.";
        }
    }

    /// <summary>The shortest cycle that will do; null with one length.</summary>
    public static string? ShortestGoodEnough(StoppingSummary summary) => summary.ShortestGoodEnough is not { } epochs
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"Shortest cycle within {100 * summary.Epsilon:0.##} points of the best: {epochs:0.##} epochs. The best of several is a little optimistic.");

    private static string Agreement(RankAgreement? agreement) => agreement switch
    {
        null => "",
        { Rho: { } rho, LowerBound: { } bound } => string.Create(
            CultureInfo.InvariantCulture,
            $"rho {rho:0.00}, at least {bound:0.00} over {agreement.Pairs}: halving {(agreement.HalvingOn ? "on" : "off")}"),
        { Rho: { } rho } => string.Create(CultureInfo.InvariantCulture, $"rho {rho:0.00} over {agreement.Pairs}, too few to switch by"),
        _ => $"not known yet ({HumanText.Count(agreement.Pairs, "pair")})",
    };
}
