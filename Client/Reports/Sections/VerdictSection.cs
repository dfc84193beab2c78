using System.Collections.Immutable;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reports.Model;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reports.Sections;

/// <summary>What was asked, what came out, and what the figures cannot say.</summary>
internal static class VerdictSection
{
    /// <summary>Writes it.</summary>
    public static ReportSection Of(ReportMaterial material)
    {
        var blocks = ImmutableArray.CreateBuilder<ReportBlock>();
        blocks.Add(new ReportBlock.Paragraph(Question(material.Results), "Asked."));
        if (material.Results.WarmStart is { } warm)
        {
            blocks.Add(new ReportBlock.Paragraph($"The search {(warm.Results.IsEmpty ? "was to begin with results of earlier sweeps: " : "")}{warm.Words}.", "Warm start."));
        }

        blocks.Add(new ReportBlock.Paragraph(Answer(material), "Best."));
        blocks.Add(new ReportBlock.Paragraph(SuperConvergence.Of(material), "Super-convergence."));
        blocks.AddRange(Warnings(material).Select(words => new ReportBlock.Note(NoteKind.Warning, words)));
        if (material.Analysis?.Selection is { Warned: false } selection)
        {
            blocks.Add(new ReportBlock.Paragraph(selection.Sentence, "Selection."));
        }

        if (Unmeasured.Of(material) is { IsEmpty: false } unmeasured)
        {
            blocks.Add(new ReportBlock.Paragraph("", "Not measured."));
            blocks.Add(new ReportBlock.Bullets([.. unmeasured.Select(words => new ReportBlock.Paragraph(words))]));
        }

        return new ReportSection("verdict", "Verdict", blocks.ToImmutable());
    }

    private static string Question(SweepResults results)
    {
        SweepSpec spec = results.Spec;
        string set = spec.Data.TrainSizes is { } sizes ? $"{SpaceText.OfSizes(sizes)} images of {spec.Data.Set}"
            : spec.Data.TrainSize is { } size ? $"{HumanText.Count(size, "image")} of {spec.Data.Set}" : spec.Data.Set;
        string subject = spec.Trainer is null ? $"{results.Summary.Model} on {set}" : spec.Trainer.CommandLine;
        if (spec.Purpose == SweepPurpose.RangeTestsOnly)
        {
            return $"Which learning rates {subject} bears: {HumanText.Count(results.Cells.Length, "LR range test")} and no trials.";
        }

        SearchSpec search = spec.Search;
        string points = search.Strategy switch
        {
            SearchStrategy.Grid => "a grid",
            SearchStrategy.SuperConvergence => "the recipe",
            SearchStrategy.Pbt => $"a population of {(search.Population ?? PopulationSpec.Default).Members} over {(search.Population ?? PopulationSpec.Default).Generations} generations",
            _ => $"{HumanText.Count(search.Trials, "configuration")} drawn",
        };
        return FormattableString.Invariant(
            $"Which recipe gives {subject} the best {search.Ranking.Words} in {spec.Training.LengthWords}: ")
            + $"{points} over {Space(search)}; {HumanText.Count(results.Trials.Length, "trial")}, {HumanText.Count(search.Seeds, "seed")} a configuration.";
    }

    private static string Space(SearchSpec search) => string.Join(
        ", ",
        new (string Name, AxisSpec Axis)[]
        {
            ("max LR", search.MaxLearningRate), ("batch size", search.BatchSize), ("weight decay", search.WeightDecay), ("dropout", search.Dropout),
        }
        .Select(entry => $"{entry.Name} {SpaceText.Of(entry.Axis)}"));

    private static string Answer(ReportMaterial material)
    {
        if (material.Rows is not [var best, ..])
        {
            return material.Results.Spec.Purpose == SweepPurpose.RangeTestsOnly
                ? $"No trial was asked for, so there is no {material.Score} to compare."
                : material.WithoutResult.Any()
                    ? "None: no trial ran to its end. What went wrong is listed below."
                    : "None yet: no trial has ended.";
        }

        string validation = best.ValidationAccuracy is null
            ? ""
            : $"validation {material.Score} {HumanText.PercentWithDeviation(best.ValidationAccuracy, best.ValidationDeviation)}, ";
        string spread = best.Replicates > 1 ? "± is the standard deviation over seeds" : "one seed, so without a spread";
        Metric objective = material.Results.Spec.Search.Ranking.By;
        string chosen = objective.IsScore() ? "" : $"{material.Objective} {MetricText.Value(objective, best.Value(material.Results.Spec.Search.Ranking))}, ";
        string others = material.Rows.Length < 2 ? ""
            : objective.IsScore() ? $" {Separation.Of(material)}"
            : $" The second ({material.Apart(material.Rows[1].Configuration)}) has {MetricText.Value(objective, material.Rows[1].Value(material.Results.Spec.Search.Ranking))}.";
        return $"{material.Whole(best.Configuration)}: {chosen}{validation}test {material.Score} {HumanText.PercentWithDeviation(best.TestAccuracy, best.TestDeviation)} "
            + FormattableString.Invariant($"(n = {best.Replicates}; {spread}).{others}");
    }

    private static IEnumerable<string> Warnings(ReportMaterial material)
    {
        SweepSummary summary = material.Results.Summary;
        if (summary.Status is SweepStatus.Running or SweepStatus.Paused)
        {
            yield return FormattableString.Invariant($"The sweep has not ended ({StatusText.Of(summary.Status)}, {summary.Ended} of {summary.Trials} trials): everything here may still change.");
        }
        else if (summary.Status == SweepStatus.Cancelled)
        {
            yield return $"The sweep was cancelled{(summary.StatusReason is { } reason ? $" ({reason})" : "")}: part of the space was never tried.";
        }

        if (material.Rows.IsEmpty)
        {
            yield break;
        }

        if (material.Analysis?.Selection is { } selection)
        {
            if (selection.Warned)
            {
                yield return selection.Sentence;
            }
        }
        else if (material.Results.Spec.Search.SelectBy == SelectionSet.Test)
        {
            yield return $"The winner was chosen by its {material.Objective}, so that figure is optimistic: on new {material.Things} it will do worse. Select by validation {material.Things} before you publish it.";
        }
        else if (!material.ByValidation)
        {
            yield return $"There is no validation split, so the winner was chosen by its {material.Objective} and that figure is optimistic.";
        }
    }
}
