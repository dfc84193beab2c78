using System.Collections.Immutable;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Specs.Fields;

namespace Sweeper.Client;

/// <summary>
/// Makes a spec in C#, with the defaults, the checks and the messages of a spec file. What it has no method for is set by its path,
/// as <c>--set</c> does.
/// </summary>
/// <param name="name">Name of the sweep; lower-case letters, digits, '.', '_' and '-'.</param>
public sealed class SweepBuilder(string name)
{
    private readonly List<(string Path, string Value)> _settings = [(SpecTable.Name.Path, SpecTable.Name.WriteValue(name))];

    /// <summary>Seed of the search and of every trial.</summary>
    /// <param name="seed">At least 0.</param>
    public SweepBuilder Seed(int seed) => With(SpecTable.Seed, seed);

    /// <summary>Data to train on.</summary>
    /// <param name="set">Name of a data set.</param>
    /// <param name="path">Absolute path of a user's own data; null: the set has none.</param>
    /// <param name="validation">Fraction held out to select by; null: as a spec file has it.</param>
    public SweepBuilder Data(string set, string? path = null, double? validation = null)
    {
        With(DataFields.Set, set);
        _ = path is null ? this : With(DataFields.Path, path);
        return validation is { } fraction ? With(DataFields.Validation, fraction) : this;
    }

    /// <summary>Training images to use, before the validation split.</summary>
    /// <param name="images">At least 1.</param>
    public SweepBuilder TrainSize(int images) => With(DataFields.TrainSize, new AxisSpec.Values([images]));

    /// <summary>Network to train.</summary>
    /// <param name="model">Name of a model.</param>
    public SweepBuilder Model(string model) => With(ModelFields.Name, model);

    /// <summary>A program of one's own in place of model and data.</summary>
    /// <param name="workdir">Absolute path of the folder that it runs in.</param>
    /// <param name="command">Program and arguments.</param>
    /// <param name="trainExamples">Examples of an epoch.</param>
    /// <param name="validationExamples">Examples held out; 0: none.</param>
    /// <param name="classes">Classes that accuracy is about.</param>
    public SweepBuilder Trainer(string workdir, IEnumerable<string> command, int trainExamples, int validationExamples, int classes) =>
        With(TrainerFields.Workdir, workdir).With(TrainerFields.Command, [.. command]).With(TrainerFields.TrainExamples, trainExamples)
            .With(TrainerFields.ValidationExamples, validationExamples).With(TrainerFields.Classes, classes);

    /// <summary>Length of a trial.</summary>
    /// <param name="epochs">Greater than 0; may be a fraction.</param>
    public SweepBuilder Epochs(double epochs) => With(TrainingFields.Epochs, epochs);

    /// <summary>Shape of learning rate and momentum over a trial.</summary>
    /// <param name="type">Shape.</param>
    public SweepBuilder Schedule(ScheduleType type) => With(ScheduleFields.Type, type);

    /// <summary>Update rule.</summary>
    /// <param name="type">Family of the rule.</param>
    public SweepBuilder Optimizer(OptimizerType type) => With(OptimizerFields.Type, type);

    /// <summary>How configurations are chosen.</summary>
    /// <param name="strategy">Strategy.</param>
    /// <param name="trials">Configurations that it draws; null: as a spec file has it, and with a grid it means nothing.</param>
    public SweepBuilder Strategy(SearchStrategy strategy, int? trials = null)
    {
        With(SearchFields.Strategy, strategy);
        return trials is { } count ? With(SearchFields.Trials, count) : this;
    }

    /// <summary>Trials of each configuration, with seeds of their own.</summary>
    /// <param name="seeds">At least 1.</param>
    public SweepBuilder Seeds(int seeds) => With(SearchFields.Seeds, seeds);

    /// <summary>Data that choose the winner.</summary>
    /// <param name="set">Validation or test.</param>
    public SweepBuilder SelectBy(SelectionSet set) => With(SearchFields.SelectBy, set);

    /// <summary>Peak learning rate: <see cref="AxisSpec.Values"/>, <see cref="AxisSpec.Range"/>, or <see cref="AxisSpec.FromRangeTest"/>.</summary>
    /// <param name="axis">Its values.</param>
    public SweepBuilder MaxLearningRate(AxisSpec axis) => With(SearchFields.MaxLearningRate, axis);

    /// <summary>Peak learning rates, one by one.</summary>
    /// <param name="rates">Each greater than 0.</param>
    public SweepBuilder MaxLearningRate(params double[] rates) => MaxLearningRate(new AxisSpec.Values([.. rates]));

    /// <summary>Batch sizes, one by one.</summary>
    /// <param name="sizes">Each at least 1.</param>
    public SweepBuilder BatchSize(params int[] sizes) => With(SearchFields.BatchSize, new AxisSpec.Values([.. sizes.Select(size => (double)size)]));

    /// <summary>Weight decays, one by one.</summary>
    /// <param name="decays">Each at least 0.</param>
    public SweepBuilder WeightDecay(params double[] decays) => With(SearchFields.WeightDecay, new AxisSpec.Values([.. decays]));

    /// <summary>Dropout rates, one by one.</summary>
    /// <param name="rates">Each in [0, 1).</param>
    public SweepBuilder Dropout(params double[] rates) => With(SearchFields.Dropout, new AxisSpec.Values([.. rates]));

    /// <summary>Longest time that the sweep is at work.</summary>
    /// <param name="time">Greater than 0.</param>
    public SweepBuilder WallTime(TimeSpan time) => With(LimitFields.WallTime, time);

    /// <summary>Any setting, as a spec file would have it.</summary>
    /// <param name="path">Path of the setting, such as <c>range_test.epochs</c>.</param>
    /// <param name="value">Its value in YAML.</param>
    public SweepBuilder Set(string path, string value)
    {
        _settings.Add((path, value));
        return this;
    }

    /// <summary>The spec.</summary>
    /// <exception cref="SpecProblemsException">It cannot be run: everything that is wrong with it.</exception>
    public SweepSpec Build()
    {
        SpecReading reading = SpecReader.Read("", settings: _settings);
        if (reading.Spec is not { } spec)
        {
            throw new SpecProblemsException(name, reading.Problems);
        }

        ImmutableArray<SpecProblem> problems = SpecValidator.Validate(spec);
        return problems.IsEmpty ? Seen(spec) : throw new SpecProblemsException(name, problems);
    }

    /// <summary>With the content of a trainer's files, so that a changed script is another trainer.</summary>
    private static SweepSpec Seen(SweepSpec spec) => spec.Trainer is { Workdir: { } folder } trainer && Directory.Exists(folder)
        ? spec with { Trainer = trainer with { Content = TrainerFiles.Hash(TrainerFiles.Of(trainer)) } }
        : spec;

    private SweepBuilder With<T>(SpecField<T> field, T value) => Set(field.Path, field.WriteValue(value));
}
