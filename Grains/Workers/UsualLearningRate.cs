using Sweeper.Contracts.Specs;

namespace Sweeper.Grains.Workers;

/// <summary>
/// Learning rate that a network is usually trained with at a constant or stepped rate: "very large" in a range test's
/// verdict means at least ten times it. SGD: the papers' baselines (LeNet 0.01 by Caffe's recipe, residual networks 0.1);
/// the small networks' are ours, found by tuned constant rates on Fashion-MNIST.
/// </summary>
internal static class UsualLearningRate
{
    private const double Adam = 1e-3;
    private const double Plain = 0.01;
    private const double SmallNormalised = 0.05;
    private const double Residual = 0.1;

    /// <summary>The rate for a model and optimiser.</summary>
    public static double Of(string model, OptimizerType optimizer) => (optimizer, model) switch
    {
        (OptimizerType.AdamW, _) => Adam,
        (_, "mlp" or "lenet") => Plain,
        (_, "small-cnn") => SmallNormalised,
        _ => Residual,
    };
}
