using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Client.Rendering;

/// <summary>A hyperparameter that gets a column.</summary>
/// <param name="Header">Column's header.</param>
/// <param name="Key">Name in JSON and files.</param>
/// <param name="Of">Its value in a configuration.</param>
internal sealed record Axis(string Header, string Key, Func<Configuration, double> Of)
{
    /// <summary>Every hyperparameter, in the order of the columns.</summary>
    public static ImmutableArray<Axis> All { get; } =
    [
        new("max LR", "max_lr", configuration => configuration.MaxLearningRate),
        new("batch", "batch_size", configuration => configuration.BatchSize),
        new("wd", "weight_decay", configuration => configuration.WeightDecay),
        new("dropout", "dropout", configuration => configuration.Dropout),
    ];

    /// <summary>The hyperparameters that differ among configurations; the learning rate where none does.</summary>
    public static ImmutableArray<Axis> Varying(IEnumerable<Configuration> configurations)
    {
        Configuration[] all = [.. configurations];
        ImmutableArray<Axis> varying = [.. All.Where(axis => all.Select(axis.Of).Distinct().Skip(1).Any())];
        return varying.IsEmpty ? [All[0]] : varying;
    }

    /// <summary>The value as a person reads it.</summary>
    public string Text(Configuration configuration) => HumanText.Rate(Of(configuration));
}
