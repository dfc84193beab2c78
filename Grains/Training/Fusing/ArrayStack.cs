using System.Diagnostics;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Schedules;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sweeper.Training.Fusing;

/// <summary>
/// Several sessions' networks as one: row k of every stacked tensor is member k's own, so that a member's checkpoint, its
/// measurements and its further training alone read the very memory that the array trains.
/// </summary>
internal sealed class ArrayStack : IDisposable
{
    // A row begins at a multiple of 256 bytes: products of matrices that do not are slower on a GPU.
    private const long RowMultiple = 64;

    private readonly IReadOnlyList<ArrayMember> _members;
    private readonly double _labelSmoothing;
    private readonly ImageModel _model;
    private readonly ArrayOptimiser _optimiser;
    private readonly Tensor _gradients;
    private readonly Parameter[] _parameters;
    private readonly IReadOnlyList<long> _offsets;

    /// <summary>Moves the members into one piece of memory, values unchanged. None of them may be in use.</summary>
    /// <param name="key">What they have in common.</param>
    /// <param name="members">The members, at least two.</param>
    public ArrayStack(ArrayKey key, IReadOnlyList<ArrayMember> members)
    {
        _members = members;
        _labelSmoothing = key.LabelSmoothing;
        ArrayMember first = members[0];
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        _model = ModelCatalog.CreateArray(
            key.Model, key.Input, key.Classes, [.. members.Select(member => member.Dropout)], first.Parameters.Values.device, first.Parameters.Values.dtype);
        Tensor values = Stack([.. members.Select(member => member.Parameters.Values)]);
        _gradients = Stack([.. members.Select(member => member.Parameters.Gradients)]);
        Tensor[] state = [.. first.Optimiser.State.Select((_, i) => Stack([.. members.Select(member => member.Optimiser.State[i])]))];
        for (int k = 0; k < members.Count; k++)
        {
            ArrayMember member = members[k];
            member.Parameters.MoveTo(Row(values, k, member.Parameters.Values), Row(_gradients, k, member.Parameters.Gradients));
            for (int i = 0; i < state.Length; i++)
            {
                member.Optimiser.State[i].set_(Row(state[i], k, member.Optimiser.State[i]));
            }
        }

        _parameters = [.. _model.parameters()];
        _offsets = first.Parameters.Offsets;
        for (int i = 0; i < _parameters.Length; i++)
        {
            _parameters[i].set_(Part(values, i));
        }

        BindBuffers();
        Tensor[] kept = [values, _gradients, .. state];
        foreach (Tensor tensor in kept)
        {
            tensor.DetachFromDisposeScope();
        }

        _optimiser = ArrayOptimiser.Create(values, _gradients, state, first.Parameters, [.. members.Select(member => member.Optimiser)]);
    }

    /// <summary>Trains every member on its next batch.</summary>
    /// <param name="points">Learning rate and momentum of each member.</param>
    /// <returns>Loss of each, before the update, <c>[members]</c> on the device, in the caller's dispose scope.</returns>
    public Tensor Step(IReadOnlyList<SchedulePoint> points)
    {
        using DisposeScope scope = NewDisposeScope();
        return Step(points, [.. _members.Select(member => member.Batches.Next())]).MoveToOuterDisposeScope();
    }

    /// <summary>Trains every member on a batch of its own.</summary>
    /// <param name="points">Learning rate and momentum of each member.</param>
    /// <param name="batches">Batch of each, all of one size.</param>
    /// <returns>Loss of each, before the update, <c>[members]</c> on the device, in the caller's dispose scope.</returns>
    public Tensor Step(IReadOnlyList<SchedulePoint> points, IReadOnlyList<Batch> batches)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = cat([.. batches.Select(batch => batch.Images)], 1);
        Tensor labels = stack([.. batches.Select(batch => batch.Labels)], 1); // [N, members]
        Tensor logits = _model.forward(images).reshape(labels.numel(), -1);
        Tensor each = nn.functional.cross_entropy(logits, labels.flatten(), reduction: nn.Reduction.None, label_smoothing: _labelSmoothing);
        Tensor losses = each.reshape(labels.shape).mean([0L]);
        losses.sum().backward(); // a loss that is not a number adds to no other member's gradient
        GradientNode.EndPass();
        TakeGradients();
        _optimiser.Step(points);
        return losses.detach().MoveToOuterDisposeScope();
    }

    /// <summary>Lets the array go; the members keep the memory.</summary>
    public void Dispose()
    {
        _model.Dispose();
        _optimiser.Dispose();
        _gradients.Dispose();
    }

    private static Tensor Stack(Tensor[] rows)
    {
        using DisposeScope scope = NewDisposeScope();
        long length = rows[0].numel();
        long padded = (length + RowMultiple - 1) / RowMultiple * RowMultiple;
        Tensor stacked = zeros([rows.Length, padded], rows[0].dtype, rows[0].device);
        for (int k = 0; k < rows.Length; k++)
        {
            Row(stacked, k, rows[k]).copy_(rows[k]);
        }

        return stacked.MoveToOuterDisposeScope();
    }

    private static Tensor Row(Tensor stacked, int k, Tensor like) => stacked.select(0, k).narrow(0, 0, like.numel()).view(like.shape);

    /// <summary>Parameter <paramref name="i"/> of all members, a view of stacked rows.</summary>
    private Tensor Part(Tensor stacked, int i)
    {
        long[] shape = _parameters[i].shape;
        return stacked.narrow(1, _offsets[i], _parameters[i].numel() / shape[0]).view(shape);
    }

    // Into rows only now: torch does not add to a gradient of such strides without complaint.
    private void TakeGradients()
    {
        using IDisposable noGradient = no_grad();
        for (int i = 0; i < _parameters.Length; i++)
        {
            using Tensor gradient = _parameters[i].grad ?? throw new UnreachableException("every parameter has a part in the loss");
            Part(_gradients, i).copy_(gradient);
            _parameters[i].grad = null;
        }
    }

    // Batch norm wants the statistics of all channels contiguous, so these rows have no padding.
    private void BindBuffers()
    {
        Tensor[] buffers = [.. _model.buffers()];
        for (int i = 0; i < buffers.Length; i++)
        {
            for (int k = 0; k < _members.Count; k++)
            {
                Tensor own = _members[k].Buffers[i];
                Tensor row = buffers[i].narrow(0, k * own.numel(), own.numel());
                row.copy_(own);
                own.set_(row);
            }
        }
    }
}
