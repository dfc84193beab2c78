using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Models;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Planning;
using Sweeper.Training.Data;
using Sweeper.Training.OwnModels;

namespace Sweeper.Grains.Workers;

/// <summary>Tries a spec's model where it is of a user's own, in a process of its own; what has passed is not tried again.</summary>
/// <param name="models">Models that there are.</param>
/// <param name="process">Starts that process.</param>
internal sealed class OwnModelChecks(ModelRegistry models, DryRunProcess process)
{
    /// <summary>Combinations of settings that are tried at most: each builds the network twice.</summary>
    private const int MostCases = 16;

    private readonly ConcurrentDictionary<string, DryRunAnswer> _passed = new(StringComparer.Ordinal);

    /// <summary>SHA-256 of a spec's plug-in or TorchScript file, where its model is of one, and of its metrics; nothing of them runs.</summary>
    public ModelTrial Identify(SweepSpec spec)
    {
        ModelTrial model = spec.Model.IsOwn ? IdentifyModel(spec) : new ModelTrial([], null, null, 0, [], null, []);
        var hashes = ImmutableArray.CreateBuilder<string>();
        var problems = new List<SpecProblem>(model.Problems);
        foreach ((int index, MetricSpec metric) in (spec.Training.Metrics?.List ?? []).Index())
        {
            try
            {
                hashes.Add(models.HashOfMetric(metric.Plugin, metric.Name));
            }
            catch (OwnModelException error)
            {
                problems.Add(new SpecProblem($"training.metrics[{index}]", $"{metric}", error.Message));
            }
        }

        return model with { Problems = [.. problems], MetricHashes = hashes.ToImmutable() };
    }

    private ModelTrial IdentifyModel(SweepSpec spec)
    {
        try
        {
            if (spec.Model.Script is { } script)
            {
                string content = models.HashOfScript(script);
                return spec.Model.ScriptSha256 is { } asked && asked != content
                    ? ModelTrial.Refused(new SpecProblem("model.script_sha256", asked, $"{script} has the content {content} here; leave the key out to take it as it is"))
                    : new ModelTrial([], content, null, 0, [], null, []);
            }

            string hash = models.HashOf(spec.Model.Plugin!, spec.Model.Name); // only asked of a plug-in's model
            return spec.Model.PluginSha256 is { } wanted && wanted != hash
                ? ModelTrial.Refused(new SpecProblem("model.plugin_sha256", wanted, $"plug-in {spec.Model.Plugin} has the content {hash} here; leave the key out to take it as it is"))
                : new ModelTrial([], hash, null, 0, [], null, []);
        }
        catch (OwnModelException error)
        {
            return ModelTrial.Refused(new SpecProblem(spec.Model.Script is null ? "model.plugin" : "model.script", spec.Model.Script ?? spec.Model.Plugin, error.Message));
        }
    }

    /// <summary>Tries it on the shape of some data.</summary>
    public ModelTrial Try(SweepSpec spec, ImageData data)
    {
        ModelTrial known = Identify(spec);
        if (!known.Problems.IsEmpty)
        {
            return known;
        }

        ImmutableArray<MetricRequest> metrics = [.. (spec.Training.Metrics?.List ?? []).Zip(known.MetricHashes, (metric, sha256) => new MetricRequest(metric.Plugin, metric.Name, sha256))];
        var model = new DryRunRequest(
            models.Folders,
            spec.Model.Plugin ?? "",
            spec.Model.Name,
            known.Sha256 ?? "",
            data.Shape.Channels,
            data.Shape.Height,
            data.Shape.Width,
            data.Task.Outputs,
            spec.Model.IsOwn ? Cases(spec) : [],
            spec.Model.Script is { } script ? new ScriptFile(script, EngineJobs.KeepsWeights(spec.Model)) : null,
            data.Task.IsRegression,
            [],
            []);

        // Each in a process of its own: where one of them loops or crashes, the other is not to blame.
        DryRunAnswer measured = metrics.IsEmpty ? new DryRunAnswer([], [], [], null) : TryOnce(model with { Model = "", Cases = [], Script = null, Metrics = metrics, ClassNames = [.. data.Classes] });
        DryRunAnswer answer = spec.Model.IsOwn ? TryOnce(model) : new DryRunAnswer([], [], [], null);
        return new ModelTrial(
            [
                .. measured.Problems.Select(problem => new SpecProblem("training.metrics", problem.Metric ?? string.Join(", ", spec.Training.Metrics?.List ?? []), problem.Message)),
                .. answer.Problems.Select(problem => Told(spec, problem)),
                .. Intervals(spec, answer.Hyperparameters),
            ],
            known.Sha256,
            data.Shape.ToString(),
            data.Task.Outputs,
            answer.Parameters,
            answer.Loss,
            [.. answer.Hyperparameters.Select(one => $"{one.Name} ({one.Words})")],
            known.MetricHashes);
    }

    private DryRunAnswer TryOnce(DryRunRequest request)
    {
        string key = JsonSerializer.Serialize(request);
        if (!_passed.TryGetValue(key, out DryRunAnswer? answer))
        {
            answer = process.Try(request);
            if (answer.Problems.IsEmpty)
            {
                _passed[key] = answer;
            }
        }

        return answer;
    }

    private static SpecProblem Told(SweepSpec spec, DryRunProblem problem) => problem.Setting is { } setting
        ? new SpecProblem($"model.settings.{setting}", null, problem.Message)
        : new SpecProblem("model", spec.Model.Name, problem.Message);

    /// <summary>Intervals of what takes no number between two others.</summary>
    private static IEnumerable<SpecProblem> Intervals(SweepSpec spec, ImmutableArray<DeclaredHyperparameter> declared) =>
        from axis in spec.Model.Settings?.List ?? []
        where axis.Axis is AxisSpec.Range
        join one in declared on axis.Name equals one.Name
        where !one.TakesIntervals
        select new SpecProblem($"model.settings.{axis.Name}", null, $"takes {one.Words}, not any number of an interval; give a list, or steps: {{min: ..., max: ..., step: 1}}");

    private static ImmutableArray<DryRunCase> Cases(SweepSpec spec)
    {
        spec = spec with { Search = spec.Search.WithLargestBatch(1) };
        ImmutableArray<CellKey> cells = SearchPlan.Of(spec).Cells;
        cells = cells.IsEmpty || spec.Search.Strategy.Draws() ? CellDesign.Corners(spec) : cells;
        return
        [
            .. cells.Select(cell => (cell.Dropout, cell.Model)).Distinct().Take(MostCases)
                .Select(at => new DryRunCase(at.Dropout, EngineJobs.Settings(at.Model))),
        ];
    }
}
