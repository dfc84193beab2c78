namespace Sweeper.Contracts.Analysis;

/// <summary>Best weight decay among trials of similar maximum learning rate.</summary>
/// <param name="LowestRate">Least maximum learning rate of the bin.</param>
/// <param name="HighestRate">Greatest one; equal to the least where the bin is a single value.</param>
/// <param name="Trials">Trials in the bin, diverged ones included.</param>
/// <param name="WeightDecay">Weight decay of the best mean accuracy in the bin; at least 0.</param>
/// <param name="Lower">Lower end of the 95% bootstrap interval over trials; at least 0.</param>
/// <param name="Upper">Upper end of it.</param>
/// <param name="Accuracy">Mean accuracy at that weight decay; fraction in [0, 1].</param>
/// <param name="AtEdge">Whether it is the least or the greatest weight decay tried, so that the true best may lie beyond.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.DecayAtRate")]
public sealed record DecayAtRate(
    double LowestRate,
    double HighestRate,
    int Trials,
    double WeightDecay,
    double Lower,
    double Upper,
    double Accuracy,
    bool AtEdge);

/// <summary>What a batch size reaches within a wall time that every batch size compared has had.</summary>
/// <param name="BatchSize">Images per step.</param>
/// <param name="Configurations">Configurations tried with it that ended within the time, or bracket it.</param>
/// <param name="Trials">Their finished trials.</param>
/// <param name="Seconds">The wall time, in seconds; the same for every batch size.</param>
/// <param name="Accuracy">Best mean accuracy of a configuration within the time; fraction in [0, 1].</param>
/// <param name="Lower">Lower end of the 95% bootstrap interval over trials.</param>
/// <param name="Upper">Upper end of it.</param>
/// <param name="MaxLearningRate">Maximum learning rate of the configuration that reached it.</param>
/// <param name="RelativeSpeed">Median images per second relative to the fastest batch size; in (0, 1].</param>
[GenerateSerializer, Immutable, Alias("Sweeper.BatchAtEqualTime")]
public sealed record BatchAtEqualTime(
    int BatchSize,
    int Configurations,
    int Trials,
    double Seconds,
    double Accuracy,
    double Lower,
    double Upper,
    double MaxLearningRate,
    double RelativeSpeed);

/// <summary>What dropout does to accuracy with the other factors held fixed, by the fitted surface averaged over the trials.</summary>
/// <param name="LowestDropout">Least dropout rate tried.</param>
/// <param name="HighestDropout">Greatest one.</param>
/// <param name="Overall">From the least to the greatest dropout, over all trials.</param>
/// <param name="AtLowRates">The same at the lowest maximum learning rate tried; null where the rate does not vary.</param>
/// <param name="AtHighRates">The same at the highest one.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.DropoutEffect")]
public sealed record DropoutEffect(
    double LowestDropout,
    double HighestDropout,
    PointsInterval Overall,
    PointsInterval? AtLowRates,
    PointsInterval? AtHighRates);

/// <summary>A difference of accuracies with its 95% bootstrap interval, in accuracy points (0.01).</summary>
/// <param name="Points">The difference.</param>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.PointsInterval")]
public sealed record PointsInterval(double Points, double Lower, double Upper);
