using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reports;
using Sweeper.Client.Reports.Sections;
using Sweeper.Client.Reports.Writing;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Saving;

/// <summary><c>README.md</c> of a saved model: the numbers, how it was trained, how to use it, and its limits.</summary>
/// <param name="saved">The model.</param>
/// <param name="analysis">What the sweep's trials say together; null where nobody has worked it out.</param>
/// <param name="writtenAt">Now, UTC.</param>
internal sealed class ModelCard(SavedWinner saved, SweepAnalysis? analysis, DateTimeOffset writtenAt)
{
    private readonly SweepResults _results = saved.Winner.Results;
    private readonly TrialRecord _trial = saved.Winner.Trial;
    private readonly JsonObject _info = saved.Model.Info();

    /// <summary>The file's text.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {Plain(_results.Spec.Model.Name)} on {Plain(_results.Spec.Data.Set)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"The network of trial {saved.Winner.TrialName} of the sweep {Plain(_results.Summary.Name)}, saved by `sweeper best --save` on {writtenAt.UtcDateTime:yyyy-MM-dd} (UTC). ");
        text.Append(CultureInfo.InvariantCulture, $"`{ModelFolder.Weights}` holds its weights and batch-norm statistics, `{ModelFolder.Description}` what it takes to use them, {(saved.Script is null ? "" : $"`{ModelFolder.Script}` is the network as TorchScript, in evaluation mode, ")}`spec.yaml` trains it again.\n");
        Section(text, "Numbers", Numbers());
        Section(text, "Verdict", Verdict());
        Section(text, "Configuration", Configuration());
        Section(text, "Data", Data());
        Section(text, "How it was trained", Training());
        Section(text, "Use", Use());
        Section(text, "Limits", Limits());
        return text.ToString();
    }

    private static string Plain(string text) => MarkdownText.Of(text);

    private static void Section(StringBuilder text, string title, string body) =>
        text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n{body.TrimEnd()}\n");

    private string Numbers()
    {
        var text = new StringBuilder($"| Trial | Seed | Validation {Score} | Test {Score} |\n| --- | --- | --- | --- |\n");
        foreach (TrialRecord replicate in saved.Winner.Replicates)
        {
            string mark = replicate.Number == _trial.Number ? " (this one)" : "";
            Row(text, $"T-{replicate.Number:0000}{mark}", replicate.Seed.ToString(CultureInfo.InvariantCulture), replicate.Score!);
        }

        LeaderboardRow row = saved.Winner.Row;
        if (row.Replicates > 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"| mean of {row.Replicates}, ± standard deviation | | {HumanText.PercentWithDeviation(row.ValidationAccuracy, row.ValidationDeviation)} | {HumanText.PercentWithDeviation(row.TestAccuracy, row.TestDeviation)} |\n");
        }

        if (!saved.IsProved)
        {
            Row(text, "the saved weights", _trial.Seed.ToString(CultureInfo.InvariantCulture), saved.Again.Score!);
        }

        TrialScore score = _trial.Score!; // the winner has one
        foreach ((string set, TrialMetrics? metrics) in new[] { ("validation", score.ValidationMetrics), ("test", score.TestMetrics) })
        {
            if (MetricText.All(metrics) is { } words)
            {
                text.Append(CultureInfo.InvariantCulture, $"\nT-{_trial.Number:0000} on the {set} {(IsTable ? "rows" : "images")}: {words}.\n");
            }
        }

        return text.Append(CultureInfo.InvariantCulture, $"\nThe weights were trained again to be saved, SHA-256 `{saved.Hash}`. {Plain(saved.Proof)}").ToString();
    }

    private static void Row(StringBuilder text, string trial, string seed, TrialScore score) => text.Append(
        CultureInfo.InvariantCulture,
        $"| {trial} | {seed} | {HumanText.Percent(score.ValidationAccuracy)} | {HumanText.Percent(score.TestAccuracy)} |\n");

    private string Verdict()
    {
        var material = new ReportMaterial(_results, ImmutableDictionary<int, JobCurves>.Empty, [], analysis, writtenAt);
        string selection = analysis?.Selection is { } note ? $"\n\n{Plain(note.Sentence)}" : "";
        return $"{Plain(SuperConvergence.Of(material))}{selection}";
    }

    private string Configuration()
    {
        Configuration at = _trial.Configuration;
        ScheduleSpec schedule = _trial.Plan?.Schedule ?? _results.Spec.Training.Schedule;
        return FormattableString.Invariant($"""
            | | |
            | --- | --- |
            | max learning rate | {at.MaxLearningRate:R} |
            | batch size | {at.BatchSize} |
            | weight decay | {at.WeightDecay:R} |
            | dropout | {at.Dropout:R} |
            | momentum | {schedule.MomentumHigh:R} to {schedule.MomentumLow:R} |
            | schedule | {Snake(schedule.Type)} |
            | optimizer | {(_results.Spec.Training.Optimizer.Type == OptimizerType.AdamW ? "adamw" : "sgd")} |
            """);
    }

    private string Data()
    {
        RunInfo run = _trial.Run!;
        string classes = string.Join(", ", _info["classes"]!.AsArray().Select(name => Plain(name!.GetValue<string>())));
        string images = run.TrainImages > 0 ? $"{HumanText.Count(run.TrainImages, "image")} to train on after the validation split; " : "";
        if (IsTable)
        {
            return $"{Plain(_results.Spec.Data.Set)}, SHA-256 `{run.DataHash}`: a table of {HumanText.Count(Side("width"), "feature")}. "
                + (IsRegression ? $"It predicts the number in column {Plain(_results.Spec.Data.Target ?? "")}." : $"Classes: {classes}.");
        }

        return $"{Plain(_results.Spec.Data.Set)}, SHA-256 `{run.DataHash}`: {images}images of {Shape(" x ")} (channels, height, width). Classes: {classes}.\n\n"
            + $"A pixel in [0, 1], less the mean and over the deviation of its channel, is what the network sees: mean {Numbers("mean")}, deviation {Numbers("standard_deviation")}.";
    }

    private string Training()
    {
        RunInfo run = _trial.Run!;
        return FormattableString.Invariant($"{run.Parameters:N0} parameters, {run.Steps} steps, {run.Epochs:0.##} epochs, seed {_trial.Seed}, {HumanText.Duration(run.Seconds)} on {Plain(run.Device)}, {Plain(run.Versions)}. ")
            + $"The sweep tried {HumanText.Count(_results.Trials.Length, "trial")} and chose by {_results.Spec.Search.Ranking.Words}.";
    }

    private string Use()
    {
        if (IsTable)
        {
            return $"""
                On CSV or Parquet files with the same columns, with Sweeper: `sweeper predict FOLDER rows.csv`.

                C#:

                ```csharp
                using Sweeper.Training.Saving;
                using SavedModel model = SavedModel.Load("{ModelFolder.Weights}");
                float[][] answers = model.PredictTable("rows.csv");  // of each row {(IsRegression ? "the number" : "a probability for each of model.Info.Classes")}
                ```

                How a row becomes features is `table` in `{ModelFolder.Description}`: of a number, less `offset` and over `scale`, a missing one counting as `mean`;
                of a word, a 1 at its place in `words`. {(IsRegression ? "The network's answer, times `target_deviation` and plus `target_mean`, is the number." : "")}

                {Tensors()}
                """;
        }

        if (saved.Script is not null)
        {
            return $"""
                On images, with Sweeper: `sweeper predict FOLDER picture.png`.

                PyTorch, C++ or anything else that loads TorchScript:

                ```python
                import torch
                model = torch.jit.load("{ModelFolder.Script}").eval()
                logits = model(images)  # [N, {Shape(", ")}], scaled as above
                ```

                {Tensors()}
                """;
        }

        var code = new LoadingCode(_results.Spec.Model.Name, Shape(", "));
        return $"""
            On images, with Sweeper: `sweeper predict FOLDER picture.png`.

            PyTorch:

            ```python
            {code.PyTorch()}
            ```

            Python with numpy alone:

            ```python
            {code.Numpy()}
            ```

            C#:

            ```csharp
            {code.CSharp()}
            ```

            {Tensors()}
            """;
    }

    private string Score => _results.Spec.Data.Score.Words();

    private bool IsRegression => _results.Spec.Data.Task == TaskSpec.Regression;

    private bool IsTable => _info["input"]!["is_row"]?.GetValue<bool>() == true;

    private string Tensors() => $"Tensors: {string.Join(", ", saved.Model.Tensors().Select(tensor => $"`{tensor.Name}` ({tensor.Shape})"))}.";

    private string Limits()
    {
        string things = IsTable ? "rows" : "images";
        List<string> limits = IsRegression
            ?
            [
                "It answers to every row with a number, and says nothing of how sure it is.",
                "Its R² and errors were measured on rows of the same origin as those that it was trained on; on others, and beyond their range, it will do worse.",
            ]
            :
            [
                $"It knows {_info["classes"]!.AsArray().Count} classes and gives every {things[..^1]} one of them, {things} of something else too.",
                $"Its accuracy was measured on {things} of the same origin as those that it was trained on; on others it will be lower.",
                "The probabilities are the network's own and were not calibrated.",
            ];
        if (saved.Winner.Row.Replicates > 1)
        {
            limits.Add($"Of the replicates, the one with the best selecting {Score} was saved: expect the mean of the table rather than its own number.");
        }

        if (_results.Spec.Search.SelectBy == SelectionSet.Test || _trial.Score!.ValidationAccuracy is null)
        {
            limits.Add($"It was chosen by test {Score}, which is therefore optimistic.");
        }

        return string.Join('\n', limits.Select(limit => $"- {limit}"));
    }

    private string Shape(string between) => string.Join(between, Side("channels"), Side("height"), Side("width"));

    private int Side(string name) => _info["input"]![name]!.GetValue<int>();

    private string Numbers(string key) => string.Join(", ", _info[key]!.AsArray().Select(value => value!.GetValue<double>().ToString("0.#####", CultureInfo.InvariantCulture)));

    private static string Snake<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
