using System.Collections.Immutable;
using System.CommandLine;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Commands;

/// <summary><c>enqueue</c>: a configuration of one's own in front of a sweep's queue.</summary>
internal static class EnqueueCommand
{
    private const string Prefix = "search.space.";
    private const string SettingsPrefix = "model.settings.";

    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> name = CommonArguments.Sweep();
        Argument<string[]> values = new("KEY=VALUE")
        {
            Description = "max_lr, batch_size, weight_decay, dropout, model.NAME of a model's own settings; those of which the space has one value may be left out.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<int?> seeds = OptionParsing.Positive("--seeds", "Trials of it, each with a seed of its own. Default: 1.");
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "enqueue",
            "Put a configuration in front of a sweep's queue; it need not lie in the space. A completed sweep goes on.",
            new Example("enqueue quickstart max_lr=0.3 batch_size=256"),
            new Example("enqueue quickstart max_lr=0.3 batch_size=256 weight_decay=1e-3 dropout=0.1 --seeds 3"))
        {
            name, values, seeds, output,
        };
        command.SetAction(runner.Of(async (call, stop) =>
        {
            string sweep = call.Parse.GetRequiredValue(name);
            ImmutableArray<(string Path, string Value)> chosen = Settings.Read(call.Parse.GetRequiredValue(values), _ => null);
            int replicates = call.Parse.GetValue(seeds) ?? 1;
            return await ChangeVerb.AskAsync(
                call,
                sweep,
                call.Parse.GetValue(output),
                results =>
                {
                    Configuration at = Read(results.Spec, chosen);
                    return grain => grain.EnqueueAsync(at, replicates, ChangeVerb.By);
                },
                stop);
        }));
        return command;
    }

    /// <summary>The configuration that a command line names for a sweep of a spec.</summary>
    /// <exception cref="CliException">It cannot be taken: every problem.</exception>
    internal static Configuration Read(SweepSpec spec, ImmutableArray<(string Path, string Value)> chosen)
    {
        SearchSpec search = spec.Search;
        (string Key, AxisSpec Axis)[] axes =
            [("max_lr", search.MaxLearningRate), ("batch_size", search.BatchSize), ("weight_decay", search.WeightDecay), ("dropout", search.Dropout)];
        IEnumerable<SpecProblem> missing = axes
            .Where(axis => axis.Axis is not AxisSpec.Values { List.Length: 1 } && !chosen.Any(setting => setting.Path == axis.Key))
            .Select(axis => new SpecProblem(Prefix + axis.Key, null, $"has more than one value in this sweep; choose one, {axis.Key}=VALUE"));
        ModelAxis[] settings = [.. spec.Model.Settings?.List ?? []];
        missing = missing.Concat(settings
            .Where(axis => axis.Axis is not AxisSpec.Values { List.Length: 1 } && !chosen.Any(setting => setting.Path == axis.Key))
            .Select(axis => new SpecProblem(SettingsPrefix + axis.Name, null, $"has more than one value in this sweep; choose one, {axis.Key}=VALUE")));
        if (spec.Data.TrainSizes is not null)
        {
            missing = missing.Append(new SpecProblem(
                "data.train_size", null, "has several sizes in this sweep, which are compared over the whole space: no single configuration can be added; `sweeper extend` asks for more of all"));
        }

        // Strategy and axes that would not suit a single point stand aside; what is left is checked as any spec is.
        SweepSpec single = spec with
        {
            Search = search with
            {
                Strategy = SearchStrategy.Grid,
                Seeds = 1,
                Baseline = BaselineMode.None,
                Stopping = null,
                WarmStart = null,
                Population = null,
                MaxLearningRate = First(search.MaxLearningRate),
                BatchSize = First(search.BatchSize),
                WeightDecay = First(search.WeightDecay),
                Dropout = First(search.Dropout),
            },
            Data = spec.Data with { TrainSizes = null },
            Model = settings.Length == 0 ? spec.Model : spec.Model with
            {
                Settings = new ModelAxes([.. settings.Select(axis => axis with { Axis = First(axis.Axis), Words = axis.Words.IsEmpty ? [] : axis.Words[..1] })]),
            },
        };
        string what = $"A configuration for '{spec.Name}'";
        SweepSpec whole = Settings.Apply(single, chosen.Select(setting => (PathOf(setting.Path), setting.Value)), what, missing);
        SearchSpec read = whole.Search;
        var several = new List<SpecProblem>();
        var at = new Configuration(
            One(read.MaxLearningRate, "max_lr"), (int)One(read.BatchSize, "batch_size"), One(read.WeightDecay, "weight_decay"), One(read.Dropout, "dropout"),
            Model: ModelSettings.Of((whole.Model.Settings?.List ?? []).Select(axis => axis.At(One(axis.Axis, axis.Key)))));
        return several.Count == 0 ? at : throw CliException.Of(what, several);

        double One(AxisSpec axis, string key)
        {
            if (axis is AxisSpec.Values { List: [double only] })
            {
                return only;
            }

            several.Add(new SpecProblem(Prefix + key, null, "must be one number"));
            return double.NaN;
        }
    }

    private static string PathOf(string key) =>
        key.StartsWith(ModelAxis.Prefix, StringComparison.Ordinal) ? SettingsPrefix + key[ModelAxis.Prefix.Length..] : Prefix + key;

    private static AxisSpec.Values First(AxisSpec axis) => axis switch
    {
        AxisSpec.Values values => new AxisSpec.Values([values.List[0]]),
        AxisSpec.Range range => new AxisSpec.Values([range.Min]),
        _ => new AxisSpec.Values([1]), // a rate that has to be named anyway
    };
}
