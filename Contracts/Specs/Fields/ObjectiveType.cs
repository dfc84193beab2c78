using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>What a search goes by: one of the metrics that there are, or one of the user's own by its name.</summary>
/// <param name="By">Metric.</param>
/// <param name="Own">Name of one of the user's own; else null.</param>
internal readonly record struct Objective(Metric By, string? Own = null);

/// <summary>Name of a metric.</summary>
internal sealed class ObjectiveType : FieldType<Objective>
{
    private static readonly ImmutableArray<Choice<Metric>> Known =
    [
        new("accuracy", Metric.Accuracy, "the fraction classified rightly"),
        new("top5_accuracy", Metric.Top5Accuracy, "the fraction whose class is among the five likeliest; more than five classes"),
        new("balanced_accuracy", Metric.BalancedAccuracy, "the mean over classes of the fraction of a class that is classified rightly"),
        new("macro_f1", Metric.MacroF1, "the mean F1 over classes"),
        new("log_loss", Metric.LogLoss, "the mean negative logarithm of the right class' probability, the smaller the better"),
        new("r2", Metric.R2, "of predicted numbers, the share of their variance that is explained"),
        new("rmse", Metric.Rmse, "the root of their mean squared error, the smaller the better"),
        new("mae", Metric.Mae, "their mean absolute error, the smaller the better"),
    ];

    /// <inheritdoc/>
    public override string Words => $"{string.Join(", ", Known.Select(choice => $"`{choice.Word}` ({choice.Doc})"))}, or the name of one of `training.metrics`";

    /// <summary>Words that are no names of metrics of the user's own.</summary>
    public static IEnumerable<string> Taken => Known.Select(choice => choice.Word);

    /// <summary>The metric as a spec writes it.</summary>
    public static string Word(Metric metric) => Known.FirstOrDefault(choice => choice.Value == metric)?.Word ?? "own";

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out Objective value)
    {
        value = default;
        if (node is not SpecNode.Scalar { IsNull: false } scalar)
        {
            scope.Report(path, $"must be the name of a metric, such as {Known[0].Word}, not {node.Kind}");
            return false;
        }

        value = Known.FirstOrDefault(choice => choice.Word == scalar.Text) is { } known ? new Objective(known.Value) : new Objective(Metric.Own, scalar.Text);
        return true;
    }

    /// <inheritdoc/>
    public override string Write(Objective value) => value.Own is { } own ? YamlText.Write(own) : Word(value.By);

    // Whether one of the user's own is there is for a rule to check.
    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, Objective value) =>
        Enum.IsDefined(value.By) && (value.By == Metric.Own) == (value.Own is not null) ? [] : [new SpecProblem(path, value.By.ToString(), $"must be one of {string.Join(", ", Taken)}, or the name of one of training.metrics")];

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["enum"] = new JsonArray([.. Taken.Select(word => (JsonNode)JsonValue.Create(word))]) },
            new JsonObject { ["type"] = "string", ["pattern"] = SpecPatterns.ForSchema(SpecPatterns.MetricName()) }),
    };
}
