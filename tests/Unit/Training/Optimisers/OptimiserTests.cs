using Sweeper.Training.Optimisers;
using Sweeper.Training.Schedules;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Optimisers;

/// <summary>Rules against their definitions in double precision, on one weight matrix [1, 2] and one bias [1].</summary>
public sealed class OptimiserTests
{
    private static readonly double[] Start = [1.0, -2.0, 0.5];
    private static readonly double[][] Gradients = [[0.3, -0.1, 0.2], [0.1, 0.4, -0.3], [-0.2, 0.2, 0.1], [0.5, 0.5, 0.5]];
    private static readonly SchedulePoint[] Points = [new(0.1, 0.9), new(0.3, 0.8), new(0.2, 0.85), new(0.05, 0.95)];

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    [InlineData(true, 0.5)]
    public void Sgd_MovingRateAndMomentum_EqualsDefinition(bool nesterov, double biasRate)
    {
        const double Decay = 0.01;
        double[] weights = [.. Start];
        double[] velocity = new double[3];
        for (int step = 0; step < Points.Length; step++)
        {
            (double rate, double momentum) = Points[step];
            for (int i = 0; i < 3; i++)
            {
                double g = Gradients[step][i] + (Decay * weights[i]);
                velocity[i] = (momentum * velocity[i]) + g;
                weights[i] -= rate * (i == 2 ? biasRate : 1) * (nesterov ? g + (momentum * velocity[i]) : velocity[i]);
            }
        }

        AssertClose(weights, Run(new OptimiserOptions.Sgd { WeightDecay = Decay, Nesterov = nesterov, BiasRateFactor = biasRate }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Sgd_RateInVelocity_EqualsCaffesDefinition(double biasRate)
    {
        const double Decay = 0.01;
        double[] weights = [.. Start];
        double[] velocity = new double[3];
        for (int step = 0; step < Points.Length; step++)
        {
            (double rate, double momentum) = Points[step];
            for (int i = 0; i < 3; i++)
            {
                velocity[i] = (momentum * velocity[i]) + (rate * (i == 2 ? biasRate : 1) * (Gradients[step][i] + (Decay * weights[i])));
                weights[i] -= velocity[i];
            }
        }

        AssertClose(weights, Run(new OptimiserOptions.Sgd { WeightDecay = Decay, RateInVelocity = true, BiasRateFactor = biasRate }));
    }

    [Fact]
    public void AdamW_CycledBeta1_EqualsDefinition()
    {
        const double Decay = 0.1;
        double[] weights = [.. Start];
        double[] m = new double[3];
        double[] v = new double[3];
        for (int step = 0; step < Points.Length; step++)
        {
            (double rate, double beta1) = Points[step];
            for (int i = 0; i < 3; i++)
            {
                double g = Gradients[step][i];
                weights[i] *= 1 - (rate * Decay);
                m[i] = (beta1 * m[i]) + ((1 - beta1) * g);
                v[i] = (0.99 * v[i]) + (0.01 * g * g);
                double mHat = m[i] / (1 - Math.Pow(beta1, step + 1));
                double vHat = v[i] / (1 - Math.Pow(0.99, step + 1));
                weights[i] -= rate * mHat / (Math.Sqrt(vHat) + 1e-6);
            }
        }

        AssertClose(weights, Run(new OptimiserOptions.AdamW { WeightDecay = Decay, Beta2 = 0.99, Epsilon = 1e-6 }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WeightDecay_OffForBiases_LeavesTheBiasAlone(bool adam)
    {
        OptimiserOptions plain = adam ? new OptimiserOptions.AdamW() : new OptimiserOptions.Sgd();
        double[] without = Run(plain);
        double[] everywhere = Run(plain with { WeightDecay = 0.1 });
        double[] weightsOnly = Run(plain with { WeightDecay = 0.1, DecayBiasesAndNorms = false });

        Assert.Equal(everywhere[0], weightsOnly[0]);
        Assert.Equal(everywhere[1], weightsOnly[1]);
        Assert.Equal(without[2], weightsOnly[2]);
        Assert.NotEqual(without[2], everywhere[2]);
    }

    [Fact]
    public void Clipping_LargeGradient_IsScaledToTheLimit()
    {
        // Norms of the four gradients: 0.374, 0.51, 0.3, 0.866; momentum 0 makes steps independent.
        double[] weights = [.. Start];
        for (int step = 0; step < Points.Length; step++)
        {
            double norm = Math.Sqrt(Gradients[step].Sum(g => g * g));
            double scale = Math.Min(1, 0.4 / (norm + 1e-6));
            for (int i = 0; i < 3; i++)
            {
                weights[i] -= Points[step].LearningRate * scale * Gradients[step][i];
            }
        }

        AssertClose(weights, Run(new OptimiserOptions.Sgd { ClipNorm = 0.4 }, momentum: 0));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void State_CopiedIntoAFreshOptimiser_GoesOnBitForBit(bool adam)
    {
        OptimiserOptions options = adam ? new OptimiserOptions.AdamW { WeightDecay = 0.1 } : new OptimiserOptions.Sgd { WeightDecay = 0.1 };
        using DisposeScope scope = NewDisposeScope();
        using FlatParameters first = Parameters();
        using Optimiser whole = Optimiser.Create(options, first);
        Advance(whole, 0, 2);

        using FlatParameters second = Parameters();
        using Optimiser resumed = Optimiser.Create(options, second);
        second.Values.copy_(first.Values);
        foreach ((Tensor to, Tensor from) in resumed.State.Zip(whole.State))
        {
            to.copy_(from);
        }

        resumed.StepsTaken = whole.StepsTaken;
        Advance(whole, 2, 4);
        Advance(resumed, 2, 4);

        Assert.Equal(first.Values.data<float>().ToArray(), second.Values.data<float>().ToArray());
    }

    [Fact]
    public void FlatParameters_ModelsOwnParameters_AreViewsOfTheBuffer()
    {
        using DisposeScope scope = NewDisposeScope();
        using Linear layer = nn.Linear(3, 2);
        using FlatParameters flat = new(layer.parameters(), decayAll: false);
        Assert.Equal(6, flat.DecayedCount);

        nn.functional.mse_loss(layer.forward(ones(4, 3)), zeros(4, 2)).backward();
        Assert.Equal(
            layer.weight!.grad!.flatten().data<float>().ToArray(),
            flat.Gradients.narrow(0, 0, 6).data<float>().ToArray());
        Assert.True(flat.Gradients.abs().sum().ToSingle() > 0);

        flat.Values.zero_();
        Assert.Equal(0, layer.forward(ones(1, 3)).abs().sum().ToSingle());
    }

    [Fact]
    public void Options_OutOfRange_AreRefusedWithEveryProblem()
    {
        using DisposeScope scope = NewDisposeScope();
        using FlatParameters flat = Parameters();
        OptimiserOptions bad = new OptimiserOptions.AdamW { WeightDecay = -1, ClipNorm = 0, Beta2 = 1, Epsilon = double.NaN };

        ArgumentException error = Assert.Throws<ArgumentException>(() => Optimiser.Create(bad, flat));

        Assert.Equal(4, bad.Check().Count);
        Assert.Contains("weight decay is -1", error.Message, StringComparison.Ordinal);
        Assert.Contains("epsilon is NaN", error.Message, StringComparison.Ordinal);
    }

    private static double[] Run(OptimiserOptions options, double? momentum = null)
    {
        using DisposeScope scope = NewDisposeScope();
        using FlatParameters flat = Parameters(options.DecayBiasesAndNorms);
        using Optimiser optimiser = Optimiser.Create(options, flat);
        Advance(optimiser, 0, Points.Length, momentum);
        return [.. flat.Values.data<float>().Select(value => (double)value)];
    }

    private static FlatParameters Parameters(bool decayAll = true)
    {
        float[] weight = [(float)Start[0], (float)Start[1]];
        return new FlatParameters([nn.Parameter(tensor(weight, [1, 2])), nn.Parameter(tensor(new[] { (float)Start[2] }))], decayAll);
    }

    private static void Advance(Optimiser optimiser, int from, int to, double? momentum = null)
    {
        for (int step = from; step < to; step++)
        {
            optimiser.Parameters.Gradients.copy_(tensor(Array.ConvertAll(Gradients[step], g => (float)g)));
            optimiser.Step(momentum is { } fixedMomentum ? Points[step] with { Momentum = fixedMomentum } : Points[step]);
        }
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-6);
        }
    }
}
