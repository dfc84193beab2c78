namespace Sweeper.Training.Models.Norms;

/// <summary>
/// A batch norm as one multiplication and one sum for each channel, <c>z = Scale * x + Shift</c>, and the way back: the gradient at x is
/// <c>Scale * g + PerX * x + Constant</c>, g being that at z. Ioffe and Szegedy, arXiv:1502.03167, section 3.
/// </summary>
/// <param name="channels">How many channels.</param>
internal sealed class ChannelScale(int channels)
{
    /// <summary>Added to variances; PyTorch's default.</summary>
    private const double Epsilon = 1e-5;

    /// <summary>How many channels.</summary>
    public int Channels => channels;

    /// <summary>Weight over standard deviation.</summary>
    public float[] Scale { get; } = new float[channels];

    /// <summary>What is added.</summary>
    public float[] Shift { get; } = new float[channels];

    /// <summary>Mean of x.</summary>
    public float[] Mean { get; } = new float[channels];

    /// <summary>Factor of x on the way back.</summary>
    public float[] PerX { get; } = new float[channels];

    /// <summary>What is added on the way back.</summary>
    public float[] Constant { get; } = new float[channels];

    /// <summary>Sets the way forward.</summary>
    /// <param name="channel">Of which channel.</param>
    /// <param name="mean">Its mean.</param>
    /// <param name="variance">Its variance.</param>
    /// <param name="weight">The norm's weight.</param>
    /// <param name="bias">The norm's bias.</param>
    public void Set(int channel, double mean, double variance, float weight, float bias)
    {
        double scale = weight * Inverse(variance);
        Scale[channel] = (float)scale;
        Shift[channel] = (float)(bias - (mean * scale));
        Mean[channel] = (float)mean;
    }

    /// <summary>Sets the way back, and gives the parameters' gradients.</summary>
    /// <param name="statistics">Statistics that the norm was by.</param>
    /// <param name="sums">Sums of g and of <c>g * (x - mean)</c>.</param>
    /// <param name="rows">Rows that the norm was over.</param>
    /// <param name="weight">Receives the gradient of the weights.</param>
    /// <param name="bias">Receives that of the biases.</param>
    public void SetBack(NormStatistics statistics, ChannelSums sums, int rows, Span<float> weight, Span<float> bias)
    {
        Span<double> gradients = stackalloc double[channels];
        Span<double> products = stackalloc double[channels];
        sums.Total(gradients, products);
        for (int channel = 0; channel < channels; channel++)
        {
            double inverse = Inverse(statistics.Variance[channel]);
            weight[channel] = (float)(products[channel] * inverse);
            bias[channel] = (float)gradients[channel];
            double perX = -Scale[channel] * inverse * inverse * products[channel] / rows;
            PerX[channel] = (float)perX;
            Constant[channel] = (float)((-Scale[channel] * gradients[channel] / rows) - (perX * statistics.Mean[channel]));
        }
    }

    private static double Inverse(double variance) => 1 / Math.Sqrt(variance + Epsilon);
}
