using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Rendering;

/// <summary>A hyperparameter that gets a column.</summary>
/// <param name="Header">Column's header.</param>
/// <param name="ShortHeader">Header where room is scarce.</param>
/// <param name="Key">Name in JSON and files.</param>
/// <param name="Of">Its value in a configuration.</param>
internal sealed record Axis(string Header, string ShortHeader, string Key, Func<Configuration, double> Of)
{
    /// <summary>Key of the number of training images.</summary>
    public const string TrainSizeKey = "train_size";

    // All images, where how many those are is not known (see KnownSizes); no size is smaller than 2.
    private const double EveryImage = 0;

    /// <summary>Every hyperparameter, in the order of the columns.</summary>
    public static ImmutableArray<Axis> All { get; } =
    [
        new("max LR", "max LR", "max_lr", configuration => configuration.MaxLearningRate),
        new("batch", "batch", "batch_size", configuration => configuration.BatchSize),
        new("wd", "wd", "weight_decay", configuration => configuration.WeightDecay),
        new("dropout", "drop", "dropout", configuration => configuration.Dropout),
        new("images", "images", TrainSizeKey, configuration => configuration.TrainSize ?? EveryImage),
    ];

    /// <summary>The hyperparameters that differ among configurations; the learning rate where none does.</summary>
    public static ImmutableArray<Axis> Varying(IEnumerable<Configuration> configurations)
    {
        Configuration[] all = [.. configurations];
        ImmutableArray<Axis> varying = [.. All.Concat(OfModel(all)).Where(axis => all.Select(axis.Of).Distinct().Skip(1).Any())];
        return varying.IsEmpty ? [All[0]] : varying;
    }

    /// <summary>The hyperparameters that a model of a user's own declares and the configurations name; words count in their order.</summary>
    public static ImmutableArray<Axis> OfModel(IEnumerable<Configuration> configurations)
    {
        ModelSetting[] settings = [.. configurations.Where(at => at.Model is not null).SelectMany(at => at.Model!.List).Distinct()];
        return
        [
            .. settings.GroupBy(setting => setting.Name).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
            {
                string[] words = [.. group.Select(setting => setting.Word).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
                return new Axis(group.Key, group.Key, ModelAxis.Prefix + group.Key, configuration => configuration.Model?[group.Key] switch
                {
                    { Word: { } word } => Array.IndexOf(words, word),
                    { Number: { } number } => number,
                    _ => double.NaN,
                });
            }),
        ];
    }

    /// <summary>The value as a person reads it.</summary>
    public string Text(Configuration configuration) =>
        Key == TrainSizeKey ? Images(configuration) : Word(configuration) ?? HumanText.Rate(Of(configuration));

    /// <summary>The value where room is scarce; batch sizes keep all their digits.</summary>
    public string ShortText(Configuration configuration) =>
        Key == TrainSizeKey ? Images(configuration) : Word(configuration) ?? HumanText.Rate(Of(configuration), Key == "batch_size" ? 3 : 2);

    private string? Word(Configuration configuration) =>
        Key.StartsWith(ModelAxis.Prefix, StringComparison.Ordinal) ? configuration.Model?[Key[ModelAxis.Prefix.Length..]]?.Text : null;

    private static string Images(Configuration configuration) =>
        configuration.TrainSize is { } size ? size.ToString(CultureInfo.InvariantCulture) : "all";
}
