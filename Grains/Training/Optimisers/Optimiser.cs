using System.Diagnostics;
using Sweeper.Training.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Optimisers;

/// <summary>
/// An update rule on a flat parameter buffer. Learning rate and momentum are given with every step. Its whole state is
/// the tensors of <see cref="State"/> and <see cref="StepsTaken"/>.
/// </summary>
internal abstract class Optimiser : IDisposable
{
    // PyTorch's guard against a norm of zero, in clip_grad_norm_.
    private const double NormGuard = 1e-6;

    private protected Optimiser(FlatParameters parameters, OptimiserOptions options)
    {
        Parameters = parameters;
        Options = options;
    }

    /// <summary>What is trained.</summary>
    public FlatParameters Parameters { get; }

    /// <summary>Tensors that carry over from step to step, as long as the parameters, in fixed order.</summary>
    public abstract IReadOnlyList<Tensor> State { get; }

    /// <summary>Steps taken since the start.</summary>
    public int StepsTaken { get; set; }

    /// <summary>Its settings.</summary>
    public OptimiserOptions Options { get; }

    /// <summary>The rule that <paramref name="options"/> describe.</summary>
    /// <param name="options">Rule and settings.</param>
    /// <param name="parameters">What it trains; outlives it.</param>
    /// <exception cref="ArgumentException">The settings cannot be used.</exception>
    public static Optimiser Create(OptimiserOptions options, FlatParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(parameters);
        IReadOnlyList<string> problems = options.Check();
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", problems), nameof(options));
        }

        return options switch
        {
            OptimiserOptions.Sgd sgd => new SgdOptimiser(parameters, sgd),
            OptimiserOptions.AdamW adam => new AdamWOptimiser(parameters, adam),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Updates the parameters from their gradients, which it may overwrite.</summary>
    /// <param name="point">Learning rate and momentum of the step.</param>
    public void Step(SchedulePoint point)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Parameters.Collect();
        if (Options.ClipNorm is { } limit)
        {
            // Stays on the device: reading the norm back would make the host wait for it.
            using Scalar guard = NormGuard.ToScalar();
            using Scalar clip = limit.ToScalar();
            using Scalar whole = 1.0.ToScalar();
            Tensor scale = Parameters.Gradients.norm().Increase(guard).reciprocal_().mul_(clip).clamp_max_(whole);
            Parameters.Gradients.mul_(scale);
        }

        StepsTaken++;
        Update(point);
        Parameters.Publish();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in State)
        {
            tensor.Dispose();
        }

        DisposeWorkspace();
    }

    /// <summary>The rule itself; gradients are clipped and <see cref="StepsTaken"/> counts this step.</summary>
    private protected abstract void Update(SchedulePoint point);

    /// <summary>Frees what is no state.</summary>
    private protected abstract void DisposeWorkspace();

    /// <summary>A tensor of zeros as long as the parameters, in no dispose scope.</summary>
    private protected static Tensor ZerosLike(FlatParameters parameters) => zeros_like(parameters.Values).DetachFromDisposeScope();

    /// <summary>The part of <paramref name="flat"/> that weight decay acts on; null where it acts on none.</summary>
    private protected Tensor? Decayed(Tensor flat) =>
        Options.WeightDecay > 0 && Parameters.DecayedCount > 0 ? flat.narrow(0, 0, Parameters.DecayedCount) : null;
}
