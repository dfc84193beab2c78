using System.Text;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs.Fields;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Contracts.Specs;

/// <summary>Specs as YAML for people.</summary>
public static class SpecYaml
{
    private const string BestSuffix = "-best";

    /// <summary>
    /// YAML that <see cref="SpecReader"/> reads back to an equal spec. Settings that have their default are left out, but for
    /// those that one looks for. <see cref="SweepSpec.Purpose"/> is no part of a file.
    /// </summary>
    /// <param name="spec">A spec without problems.</param>
    public static string Write(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var text = new StringBuilder();
        Write(SpecTable.Root, spec, text, indent: "");
        return text.ToString();
    }

    /// <summary>YAML of a spec that trains one configuration alone, named after the sweep that found it.</summary>
    /// <param name="spec">Spec of the sweep; without problems.</param>
    /// <param name="best">Configuration to train.</param>
    /// <param name="momentumHigh">Upper momentum that a strategy found; null: the spec's.</param>
    /// <param name="epochs">Length that a strategy found, epochs; null: the spec's.</param>
    public static string WriteBest(SweepSpec spec, Configuration best, double? momentumHigh = null, double? epochs = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ScheduleSpec schedule = spec.Training.Schedule;
        double high = momentumHigh ?? schedule.MomentumHigh;
        SweepSpec alone = Alone(spec, best);
        return Write(alone with
        {
            Data = spec.Data with { TrainSize = best.TrainSize ?? spec.Data.TrainSize, TrainSizes = null },
            Training = spec.Training with
            {
                Epochs = epochs ?? spec.Training.Epochs,
                Schedule = schedule with { MomentumHigh = high, MomentumLow = Math.Min(schedule.MomentumLow, high) },
            },
        });
    }

    /// <summary>
    /// YAML of a spec that has a trial of a sweep, number for number: the last of its replicates. A sweep that compares sizes
    /// holds the same images out for all of them, so the spec keeps its sizes.
    /// </summary>
    /// <param name="spec">Spec of the sweep; without problems.</param>
    /// <param name="trial">The trial.</param>
    public static string WriteTrial(SweepSpec spec, TrialRecord trial)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(trial);
        SweepSpec alone = Alone(spec, trial.Configuration);
        return Write(alone with
        {
            Training = spec.Training with
            {
                Epochs = trial.Plan?.Epochs ?? spec.Training.Epochs,
                Schedule = trial.Plan?.Schedule ?? spec.Training.Schedule,
            },
            Search = alone.Search with { Seeds = trial.Replicate },
        });
    }

    private static SweepSpec Alone(SweepSpec spec, Configuration configuration) => SpecBuilder.WithoutSearch(spec) with
    {
        Name = spec.Name[..Math.Min(spec.Name.Length, SpecPatterns.LongestName - BestSuffix.Length)] + BestSuffix,
        Model = spec.Model with { Settings = ModelAxes.At(configuration.Model) },
        Search = spec.Search with
        {
            Strategy = SearchFields.Strategy.Default.Of(SpecValues.Empty),
            Trials = SearchFields.Trials.Default.Of(SpecValues.Empty),
            MaxLearningRate = new AxisSpec.Values([configuration.MaxLearningRate]),
            BatchSize = new AxisSpec.Values([configuration.BatchSize]),
            WeightDecay = new AxisSpec.Values([configuration.WeightDecay]),
            Dropout = new AxisSpec.Values([configuration.Dropout]),
            Baseline = BaselineMode.None,
            Stopping = null,
            Reuse = SearchFields.Reuse.Default.Of(SpecValues.Empty),
            WarmStart = null,
            Population = null,
        },
    };

    private static void Write(SpecSection section, SweepSpec spec, StringBuilder text, string indent)
    {
        SpecValues values = SpecValues.Of(spec);
        foreach (SpecItem item in section.Items)
        {
            if (item is SpecField field && IsWorthWriting(field, spec, values))
            {
                text.Append(indent).Append(field.Key).Append(": ").Append(field.Write(spec)).Append('\n');
            }
            else if (item is SpecSection inner)
            {
                WriteInner(inner, spec, values, text, indent);
            }
        }
    }

    private static void WriteInner(SpecSection section, SweepSpec spec, SpecValues values, StringBuilder text, string indent)
    {
        SpecField[] fields = [.. section.Fields.Where(field => IsWorthWriting(field, spec, values))];
        if (fields.Length == 0)
        {
            return;
        }

        if (indent.Length == 0)
        {
            text.Append('\n');
        }

        text.Append(indent).Append(section.Key).Append(':');
        if (fields is [var only] && only == section.Shorthand)
        {
            text.Append(' ').Append(only.Write(spec)).Append('\n');
            return;
        }

        text.Append('\n');
        Write(section, spec, text, indent + "  ");
    }

    private static bool IsWorthWriting(SpecField field, SweepSpec spec, SpecValues values) =>
        (field.Prominent || !field.IsDefault(spec)) && field.Only?.Holds(values) != false && !spec.HasNo(field);
}
