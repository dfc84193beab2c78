namespace Sweeper.Contracts.Specs;

/// <summary>Defaults of the LR range test.</summary>
public static class RangeTestDefaults
{
    /// <summary>Evaluations along Smith's ramp.</summary>
    public const int Points = 50;

    /// <summary>Length of Smith's ramp in epochs; arXiv:1803.09820 warns of ramps that rise too fast.</summary>
    public const double Epochs = 4;

    /// <summary>Factor on the suggested maximum; ours: the papers say "pull back a little".</summary>
    public const double PullBack = 0.7;

    /// <summary>Last rate of Smith's ramp by the start of the model's name, most specific first; SGD with momentum.</summary>
    /// <remarks>ResNets pass to 3 (arXiv:1708.07120, figure 1b); LeNet trains at 0.2 (arXiv:1803.09820), so its ramp goes beyond. The others are ours.</remarks>
    public static IReadOnlyList<(string ModelPrefix, double To)> LastRates { get; } =
        [("resnet", 3), ("wrn", 3), ("lenet", 0.5), ("mlp", 0.5), ("", 1)];

    /// <summary>What AdamW's rates are divided by: it stands about a hundredth of SGD's; ours.</summary>
    public const double AdamWDivisor = 100;

    /// <summary>Steps of fastai's test where the spec gives none.</summary>
    public const int FastaiSteps = 100;

    /// <summary>First learning rate.</summary>
    public static double From(RangeTestMethod method) => method == RangeTestMethod.Fastai ? 1e-7 : 0;

    /// <summary>Last learning rate.</summary>
    public static double To(RangeTestMethod method, string model, OptimizerType optimizer)
    {
        if (method == RangeTestMethod.Fastai)
        {
            return 10;
        }

        double to = LastRates.First(entry => model.StartsWith(entry.ModelPrefix, StringComparison.Ordinal)).To;
        return optimizer == OptimizerType.AdamW ? to / AdamWDivisor : to;
    }
}
