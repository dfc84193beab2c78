using static TorchSharp.torch;

namespace Sweeper.Plugins;

/// <summary>What a model is to be built for.</summary>
/// <param name="channels">Channels of an image.</param>
/// <param name="height">Height in pixels; 1 for the rows of a table.</param>
/// <param name="width">Width in pixels; of the rows of a table the features.</param>
/// <param name="classes">Number of classes, the width of the logits.</param>
/// <param name="dropoutRate">Probability in [0, 1) that dropout zeroes an activation.</param>
/// <param name="weights">Source of randomness for weights that the model draws itself, on the CPU.</param>
/// <param name="dropout">Source of the dropout masks.</param>
/// <param name="settings">Values of the declared hyperparameters: <see cref="int"/>, <see cref="double"/> or <see cref="string"/>, every one of them.</param>
public sealed class ModelPlan(
    int channels, int height, int width, int classes, double dropoutRate, Generator weights, Generator dropout, IReadOnlyDictionary<string, object> settings)
{
    /// <summary>Channels of an image.</summary>
    public int Channels => channels;

    /// <summary>Height in pixels; 1 for the rows of a table.</summary>
    public int Height => height;

    /// <summary>Width in pixels; of the rows of a table the features.</summary>
    public int Width => width;

    /// <summary>Number of classes, the width of the logits.</summary>
    public int Classes => classes;

    /// <summary>Probability in [0, 1) that dropout zeroes an activation: an axis of the search like any other.</summary>
    public double DropoutRate => dropoutRate;

    /// <summary>Source of randomness for weights that the model draws itself; on the trial's seed, on the CPU.</summary>
    public Generator Weights => weights;

    /// <summary>Source of the dropout masks.</summary>
    internal Generator Masks => dropout;

    /// <summary>
    /// A dropout layer at <see cref="DropoutRate"/> with the trial's own masks. torch's own dropout draws from a generator that trials
    /// share, so a model that uses it is refused.
    /// </summary>
    public nn.Module<Tensor, Tensor> Dropout() => Dropout(dropoutRate);

    /// <summary>A dropout layer at another rate.</summary>
    /// <param name="rate">Probability in [0, 1) that an activation is zeroed.</param>
    public nn.Module<Tensor, Tensor> Dropout(double rate) => new SeededDropout(rate, dropout);

    /// <summary>Value of a declared <see cref="Hyperparameter.Whole"/>.</summary>
    /// <exception cref="ArgumentException">None of that name and kind is declared.</exception>
    public int Whole(string name) => Get<int>(name);

    /// <summary>Value of a declared <see cref="Hyperparameter.Real"/>.</summary>
    /// <exception cref="ArgumentException">None of that name and kind is declared.</exception>
    public double Real(string name) => Get<double>(name);

    /// <summary>Value of a declared <see cref="Hyperparameter.Choice"/>.</summary>
    /// <exception cref="ArgumentException">None of that name and kind is declared.</exception>
    public string Choice(string name) => Get<string>(name);

    private T Get<T>(string name) => settings.TryGetValue(name, out object? value) && value is T right
        ? right
        : throw new ArgumentException($"the model declares no {typeof(T).Name} hyperparameter '{name}'; declared: {string.Join(", ", settings.Keys)}", nameof(name));
}
