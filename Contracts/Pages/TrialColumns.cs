using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Contracts.Pages;

/// <summary>Trials as columns of equal length: ten thousand of them are a small answer. Words stand once; columns of words hold their places.</summary>
/// <param name="Count">Trials.</param>
/// <param name="Words">Words that columns point at.</param>
/// <param name="Number">Number within the sweep.</param>
/// <param name="Cell">Number of the cell.</param>
/// <param name="MaxLr">Peak learning rate; null until the cell's range test has bounded it.</param>
/// <param name="BatchSize">Images per step.</param>
/// <param name="WeightDecay">Weight decay.</param>
/// <param name="Dropout">Dropout rate.</param>
/// <param name="TrainSize">Training images, one of several sizes that a spec compares; null: all.</param>
/// <param name="Replicate">Replicate of the configuration.</param>
/// <param name="Seed">Seed.</param>
/// <param name="State">Where it stands, with how it ended; place of the word.</param>
/// <param name="Role">What it is for; place of the word.</param>
/// <param name="Attempts">Attempts started.</param>
/// <param name="PlannedEpochs">Length that a strategy planned, epochs; null: the spec's.</param>
/// <param name="MomentumHigh">Upper momentum that a strategy planned; null: the spec's.</param>
/// <param name="Parent">Number of the trial whose result it follows from; null: none.</param>
/// <param name="ValidationAccuracy">Fraction; null where it has none.</param>
/// <param name="TestAccuracy">Fraction; null where it has none.</param>
/// <param name="TrainLoss">Nats; null where it has none.</param>
/// <param name="Seconds">Wall time; null before its end.</param>
/// <param name="Epochs">Passes over the training images; null before its end.</param>
/// <param name="ImagesPerSecond">Speed; null before its end.</param>
/// <param name="StartedAt">Start of the attempt that ended it, seconds since 1970, UTC; null before its end.</param>
/// <param name="Worker">Worker that ended it; place of the word, that of the empty word before its end.</param>
public sealed record TrialColumns(
    int Count,
    ImmutableArray<string> Words,
    ImmutableArray<int> Number,
    ImmutableArray<int> Cell,
    ImmutableArray<double?> MaxLr,
    ImmutableArray<int> BatchSize,
    ImmutableArray<double> WeightDecay,
    ImmutableArray<double> Dropout,
    ImmutableArray<int?> TrainSize,
    ImmutableArray<int> Replicate,
    ImmutableArray<int> Seed,
    ImmutableArray<int> State,
    ImmutableArray<int> Role,
    ImmutableArray<int> Attempts,
    ImmutableArray<double?> PlannedEpochs,
    ImmutableArray<double?> MomentumHigh,
    ImmutableArray<int?> Parent,
    ImmutableArray<double?> ValidationAccuracy,
    ImmutableArray<double?> TestAccuracy,
    ImmutableArray<double?> TrainLoss,
    ImmutableArray<double?> Seconds,
    ImmutableArray<double?> Epochs,
    ImmutableArray<double?> ImagesPerSecond,
    ImmutableArray<double?> StartedAt,
    ImmutableArray<int> Worker)
{
    /// <summary>Of trials, in their order.</summary>
    public static TrialColumns Of(ImmutableArray<TrialRecord> trials)
    {
        var places = new Dictionary<string, int>();
        var words = ImmutableArray.CreateBuilder<string>();
        return new TrialColumns(
            trials.Length,
            [],
            Column(trial => trial.Number),
            Column(trial => trial.Cell),
            Column(trial => trial.Configuration.MaxLearningRate is > 0 and var rate ? rate : (double?)null),
            Column(trial => trial.Configuration.BatchSize),
            Column(trial => trial.Configuration.WeightDecay),
            Column(trial => trial.Configuration.Dropout),
            Column(trial => trial.Configuration.TrainSize),
            Column(trial => trial.Replicate),
            Column(trial => trial.Seed),
            Column(trial => Place(JobWords.Of(trial.Status, trial.Outcome))),
            Column(trial => Place(trial.Role.ToString().ToLowerInvariant())),
            Column(trial => trial.Attempts),
            Column(trial => trial.Plan is { Epochs: > 0 } plan ? plan.Epochs : (double?)null),
            Column(trial => trial.Plan?.Schedule.MomentumHigh),
            Column(trial => trial.Plan?.Parent),
            Column(trial => trial.Score?.ValidationAccuracy),
            Column(trial => trial.Score?.TestAccuracy),
            Column(trial => trial.Score?.TrainLoss),
            Column(trial => trial.Run?.Seconds),
            Column(trial => trial.Run?.Epochs),
            Column(trial => trial.Run?.ImagesPerSecond),
            Column(trial => trial.Run is { } run ? run.StartedAt.ToUnixTimeMilliseconds() / 1000.0 : (double?)null),
            Column(trial => Place(trial.Run?.Worker ?? ""))) with
        {
            Words = words.ToImmutable(),
        };

        ImmutableArray<T> Column<T>(Func<TrialRecord, T> value) => [.. trials.Select(value)];

        int Place(string word)
        {
            if (!places.TryGetValue(word, out int place))
            {
                place = words.Count;
                places.Add(word, place);
                words.Add(word);
            }

            return place;
        }
    }
}
