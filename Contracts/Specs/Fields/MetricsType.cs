using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Metrics of the user's own, each as <c>PLUGIN/NAME</c>.</summary>
internal sealed class MetricsType : FieldType<MetricSpecs?>
{
    private const int Most = 20;
    private const string Form = "a metric of your own as PLUGIN/NAME, such as my-metrics/kappa, or host/kappa of the silo's own code";

    /// <inheritdoc/>
    public override string Words => "a list of PLUGIN/NAME";

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out MetricSpecs? value)
    {
        value = null;
        if (node is SpecNode.Scalar { IsNull: true })
        {
            return true;
        }

        if (node is not SpecNode.List { Items: var items })
        {
            scope.Report(path, $"must be a list of PLUGIN/NAME, such as [my-metrics/kappa], not {node.Kind}");
            return false;
        }

        int before = scope.Count;
        var metrics = ImmutableArray.CreateBuilder<MetricSpec>(items.Length);
        for (int i = 0; i < items.Length; i++)
        {
            string at = $"{path}[{i}]";
            scope.Place(at, items[i].Line, items[i]);
            if (items[i] is SpecNode.Scalar { IsNull: false } scalar && scalar.Text.Split('/') is [var plugin, var name])
            {
                metrics.Add(new MetricSpec(plugin, name));
            }
            else
            {
                scope.Report(at, $"must be {Form}");
            }
        }

        value = metrics.Count == 0 ? null : new MetricSpecs(metrics.ToImmutable());
        return scope.Count == before;
    }

    /// <inheritdoc/>
    public override string Write(MetricSpecs? value) => value is null ? "[]" : $"[{string.Join(", ", value.List.Select(metric => YamlText.Write(metric.ToString())))}]";

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, MetricSpecs? value)
    {
        if (value is null)
        {
            yield break;
        }

        if (value.List is { IsDefaultOrEmpty: true } or { Length: > Most })
        {
            yield return new SpecProblem(path, null, $"must be a list of 1 to {Most}");
            yield break;
        }

        for (int i = 0; i < value.List.Length; i++)
        {
            MetricSpec metric = value.List[i];
            string at = $"{path}[{i}]";
            if (!SpecPatterns.PluginName().IsMatch(metric.Plugin ?? "") || !SpecPatterns.MetricName().IsMatch(metric.Name ?? ""))
            {
                yield return new SpecProblem(at, $"{metric}", $"must be {Form}");
            }
            else if (ObjectiveType.Taken.Contains(metric.Name))
            {
                yield return new SpecProblem(at, $"{metric}", $"is called as a metric that is there already; {metric.Name} is measured without it");
            }
            else if (value.List.Take(i).Any(other => other.Name == metric.Name))
            {
                yield return new SpecProblem(at, $"{metric}", $"is the second called {metric.Name}; keep one");
            }
        }
    }

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["type"] = new JsonArray("array", "null"),
        ["maxItems"] = Most,
        ["items"] = new JsonObject { ["type"] = "string", ["pattern"] = $"{SpecPatterns.ForSchema(SpecPatterns.PluginName())[..^1]}/{SpecPatterns.ForSchema(SpecPatterns.MetricName())[1..]}" },
    };
}
