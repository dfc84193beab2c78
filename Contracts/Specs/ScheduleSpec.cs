using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Specs;

/// <summary>Shape of learning rate and momentum over a run; the maximum learning rate itself is an axis of the search.</summary>
/// <param name="Type">Shape.</param>
/// <param name="PeakAt">Fraction of the run at which the rate peaks; in (0, 1). Ignored by constant, step, <see cref="ScheduleType.Triangular"/> and <see cref="ScheduleType.Smith"/>, whose ways up and down are equally long.</param>
/// <param name="StartDiv">Maximum over first rate; at least 1. Ignored by constant and step.</param>
/// <param name="FinalDiv">How far the rate falls at the end: below the maximum (<see cref="ScheduleType.Fastai"/>), below the first rate (Smith, PyTorch); at least 1. Ignored by constant, step and triangular.</param>
/// <param name="Cycle">Fraction of the run that the up-and-down cycle takes, the rest is the annihilation tail; in (0, 1]; <see cref="ScheduleType.Smith"/> only.</param>
/// <param name="Anneal">Straight or cosine ramps; <see cref="ScheduleType.PyTorch"/> and <see cref="ScheduleType.PyTorchThreePhase"/> only.</param>
/// <param name="MomentumHigh">Momentum where the rate is low; in [0, 1). The only momentum of constant and step.</param>
/// <param name="MomentumLow">Momentum at the peak rate; in [0, <paramref name="MomentumHigh"/>]. Ignored by constant and step.</param>
/// <param name="Milestones">Fractions of the run at which a step schedule multiplies its rate by <paramref name="Factor"/>; rising, each in (0, 1).</param>
/// <param name="Factor">Factor at each milestone; in (0, 1).</param>
/// <param name="Cycles">Number of cycles of a triangular schedule; at least 1.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.ScheduleSpec")]
public sealed record ScheduleSpec(
    ScheduleType Type,
    double PeakAt,
    double StartDiv,
    double FinalDiv,
    double Cycle,
    AnnealShape Anneal,
    double MomentumHigh,
    double MomentumLow,
    ImmutableArray<double> Milestones,
    double Factor,
    int Cycles)
{
    /// <summary>Whether both say the same; an immutable array alone compares by reference.</summary>
    public bool Equals(ScheduleSpec? other) =>
        other is not null
        && Type == other.Type
        && PeakAt.Equals(other.PeakAt)
        && StartDiv.Equals(other.StartDiv)
        && FinalDiv.Equals(other.FinalDiv)
        && Cycle.Equals(other.Cycle)
        && Anneal == other.Anneal
        && MomentumHigh.Equals(other.MomentumHigh)
        && MomentumLow.Equals(other.MomentumLow)
        && Milestones.AsSpan().SequenceEqual(other.Milestones.AsSpan())
        && Factor.Equals(other.Factor)
        && Cycles == other.Cycles;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, PeakAt, StartDiv, FinalDiv, MomentumHigh, MomentumLow, Factor, Cycles);
}

/// <summary>Shapes of a schedule.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ScheduleType>))]
public enum ScheduleType
{
    /// <summary>1cycle as Smith ran it: straight up, straight down, annihilation tail (arXiv:1803.09820).</summary>
    Smith,

    /// <summary>1cycle as fastai's <c>fit_one_cycle</c>: cosine up, cosine down.</summary>
    Fastai,

    /// <summary>1cycle as PyTorch's <c>OneCycleLR</c> with two phases.</summary>
    PyTorch,

    /// <summary>1cycle as PyTorch's <c>OneCycleLR</c> with three phases.</summary>
    PyTorchThreePhase,

    /// <summary>Triangles without a tail (Caffe's "triangular", arXiv:1506.01186).</summary>
    Triangular,

    /// <summary>One rate throughout.</summary>
    Constant,

    /// <summary>Piecewise constant: multiplied by a factor at each milestone.</summary>
    Step,
}

/// <summary>Shapes of a ramp.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AnnealShape>))]
public enum AnnealShape
{
    /// <summary>Half a cosine.</summary>
    Cosine,

    /// <summary>Straight line.</summary>
    Linear,
}
