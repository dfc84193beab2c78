namespace Sweeper.Training.Data;

/// <summary>The number that is to be predicted, and how it is scaled for a network: less a mean and over a deviation.</summary>
/// <param name="Name">Column that holds it.</param>
/// <param name="Mean">Mean over the training rows.</param>
/// <param name="Deviation">Standard deviation over the training rows; greater than 0.</param>
public sealed record TargetScale(string Name, double Mean, double Deviation)
{
    /// <summary>As a network is trained on it.</summary>
    /// <param name="value">The number.</param>
    public float ToNetwork(double value) => (float)((value - Mean) / Deviation);

    /// <summary>The number that a network's answer stands for.</summary>
    /// <param name="answer">Answer.</param>
    public double FromNetwork(float answer) => Mean + (Deviation * answer);
}
