using System.Diagnostics;
using Sweeper.Training.Optimisers;
using Sweeper.Training.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Fusing;

/// <summary>
/// The update of <see cref="Optimiser"/> for all rows of stacked parameters at once, each with its own rate, momentum, weight
/// decay and count of steps.
/// </summary>
internal abstract class ArrayOptimiser : IDisposable
{
    // As in Optimiser: PyTorch's guard against a norm of zero.
    private const double NormGuard = 1e-6;

    private readonly IReadOnlyList<Optimiser> _members;

    private protected ArrayOptimiser(Tensor values, Tensor gradients, FlatParameters layout, IReadOnlyList<Optimiser> members)
    {
        _members = members;
        Values = values;
        Gradients = gradients;
        Layout = layout;
        Decays = members.Any(member => member.Options.WeightDecay > 0) && layout.DecayedCount > 0;
    }

    /// <summary>Parameters, <c>[members, n]</c>.</summary>
    private protected Tensor Values { get; }

    /// <summary>Their gradients.</summary>
    private protected Tensor Gradients { get; }

    /// <summary>Where the parameters lie in a row.</summary>
    private protected FlatParameters Layout { get; }

    /// <summary>Whether weight decay acts on anything.</summary>
    private protected bool Decays { get; }

    /// <summary>The rule of members whose settings are equal but for weight decay.</summary>
    /// <param name="values">Parameters, <c>[members, n]</c>.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="state">State tensors, in the order of <see cref="Optimiser.State"/>.</param>
    /// <param name="layout">Where the parameters lie in a row.</param>
    /// <param name="members">The members' optimisers.</param>
    public static ArrayOptimiser Create(
        Tensor values, Tensor gradients, Tensor[] state, FlatParameters layout, IReadOnlyList<Optimiser> members) => members[0].Options switch
    {
        OptimiserOptions.Sgd sgd => new ArraySgd(values, gradients, state, layout, members, sgd),
        OptimiserOptions.AdamW adam => new ArrayAdamW(values, gradients, state, layout, members, adam),
        _ => throw new UnreachableException(),
    };

    /// <summary>Updates all members from their gradients, which it may overwrite.</summary>
    /// <param name="points">Learning rate and momentum of each.</param>
    public void Step(IReadOnlyList<SchedulePoint> points)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        if (_members[0].Options.ClipNorm is { } limit)
        {
            using Scalar guard = NormGuard.ToScalar();
            using Scalar clip = limit.ToScalar();
            using Scalar whole = 1.0.ToScalar();
            Tensor norms = Gradients.norm(1, keepdim: true, p: 2);
            Gradients.mul_(norms.Increase(guard).reciprocal_().mul_(clip).clamp_max_(whole));
        }

        foreach (Optimiser member in _members)
        {
            member.StepsTaken++;
        }

        Update(points);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Values.Dispose();
        DisposeState();
    }

    /// <summary>The rule itself; gradients are clipped and the members' counts include this step.</summary>
    private protected abstract void Update(IReadOnlyList<SchedulePoint> points);

    /// <summary>Frees the array's hold on its state.</summary>
    private protected abstract void DisposeState();

    /// <summary>The part of stacked rows that weight decay acts on.</summary>
    private protected Tensor Decayed(Tensor rows) => rows.narrow(1, 0, Layout.DecayedCount);

    /// <summary>One number for each member, <c>[members, 1]</c>; several such columns cross to the device at once.</summary>
    private protected Tensor[] Columns(params Func<int, Optimiser, double>[] columns)
    {
        double[] numbers = [.. columns.SelectMany(column => _members.Select((member, k) => column(k, member)))];
        Tensor all = tensor(numbers, [columns.Length, _members.Count, 1], ScalarType.Float64, CPU).to(Values.dtype).to(Values.device);
        return [.. columns.Select((_, i) => all.select(0, i))];
    }
}
