namespace Sweeper.Training.Optimisers;

/// <summary>An update rule and its settings. Learning rate and momentum are no settings: a schedule gives them for every step.</summary>
public abstract record OptimiserOptions
{
    private OptimiserOptions()
    {
    }

    /// <summary>
    /// Weight decay; at least 0. <see cref="Sgd"/> adds it times the parameter to the gradient (L2), <see cref="AdamW"/>
    /// shrinks the parameter by it times the learning rate.
    /// </summary>
    public double WeightDecay { get; init; }

    /// <summary>Whether weight decay also acts on biases and on the scales and shifts of norms; default: it does, as in the papers' runs.</summary>
    public bool DecayBiasesAndNorms { get; init; } = true;

    /// <summary>Largest Euclidean norm of the whole gradient, which is scaled down to it; greater than 0; null: no clipping.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>Every reason why the settings cannot be used; empty: they can. Pure.</summary>
    public IReadOnlyList<string> Check()
    {
        List<string> problems = [];
        if (!(double.IsFinite(WeightDecay) && WeightDecay >= 0))
        {
            problems.Add(FormattableString.Invariant($"weight decay is {WeightDecay}; it must be a finite number of at least 0"));
        }

        if (ClipNorm is { } norm && !(double.IsFinite(norm) && norm > 0))
        {
            problems.Add(FormattableString.Invariant($"clip norm is {norm}; it must be a finite number greater than 0"));
        }

        if (this is Sgd sgd && !(double.IsFinite(sgd.BiasRateFactor) && sgd.BiasRateFactor > 0))
        {
            problems.Add(FormattableString.Invariant($"the factor of the biases' rate is {sgd.BiasRateFactor}; it must be a finite number greater than 0"));
        }

        if (this is Sgd { Nesterov: true, RateInVelocity: true })
        {
            problems.Add("Nesterov's form of momentum is defined with the rate outside of the velocity only");
        }

        if (this is AdamW adam)
        {
            if (!(adam.Beta2 >= 0 && adam.Beta2 < 1))
            {
                problems.Add(FormattableString.Invariant($"beta2 is {adam.Beta2}; it must be at least 0 and less than 1"));
            }

            if (!(double.IsFinite(adam.Epsilon) && adam.Epsilon > 0))
            {
                problems.Add(FormattableString.Invariant($"epsilon is {adam.Epsilon}; it must be a finite number greater than 0"));
            }
        }

        return problems;
    }

    /// <summary>
    /// Stochastic gradient descent with momentum as PyTorch defines it: v ← μv + g; w ← w − lr·v, or as Caffe does:
    /// v ← μv + lr·g; w ← w − v. The two differ while the rate moves: while it rises, Caffe's steps are the smaller ones.
    /// </summary>
    public sealed record Sgd : OptimiserOptions
    {
        /// <summary>Nesterov's form: w ← w − lr·(g + μv).</summary>
        public bool Nesterov { get; init; }

        /// <summary>Whether the rate is inside the velocity, as in Caffe; not with <see cref="Nesterov"/>.</summary>
        public bool RateInVelocity { get; init; }

        /// <summary>Rate of biases and of the scales and shifts of norms over that of the weights; greater than 0. Caffe's examples train biases at 2.</summary>
        public double BiasRateFactor { get; init; } = 1;
    }

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, arXiv:1711.05101); beta1 is the schedule's momentum.</summary>
    public sealed record AdamW : OptimiserOptions
    {
        /// <summary>Decay of the second moment; in [0, 1).</summary>
        public double Beta2 { get; init; } = 0.999;

        /// <summary>Added to the root of the second moment; greater than 0.</summary>
        public double Epsilon { get; init; } = 1e-8;
    }
}
