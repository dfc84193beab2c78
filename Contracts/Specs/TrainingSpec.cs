using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Specs;

/// <summary>How one trial trains.</summary>
/// <param name="Epochs">
/// Length of the run in passes over the training images; greater than 0; may be a fraction, such as 0.5. 0 where
/// <paramref name="Steps"/> gives the length.
/// </param>
/// <param name="Schedule">Learning rate and momentum over the run.</param>
/// <param name="Optimizer">Update rule.</param>
/// <param name="EvaluateEvery">Epochs, with <paramref name="Steps"/> optimiser steps, between evaluations on the validation images; at least 1.</param>
/// <param name="TestAtEpochs">Epochs, counted from 1, at whose end the test images are evaluated as well; the end of the run always is.</param>
/// <param name="Steps">Length of the run in optimiser steps; at least 1; null: in epochs.</param>
/// <param name="Cooldown">Readings of the annealed run on its way; null: none.</param>
/// <param name="LabelSmoothing">
/// Share of each target that is spread evenly over all classes (Szegedy et al., arXiv:1512.00567); in (0, 1); null: none. The loss
/// that is trained on has it; evaluations have not.
/// </param>
/// <param name="ClassWeights">How much each class counts in the loss that is trained on; null: all the same.</param>
/// <param name="Mixup">Alpha of the Beta distribution that images of a batch are blended by (Zhang et al., arXiv:1710.09412); greater than 0; null: they are not.</param>
/// <param name="Cutmix">Alpha of the Beta distribution that sizes the patches that images of a batch exchange (Yun et al., arXiv:1905.04899); greater than 0; null: they do not.</param>
/// <param name="Metrics">Metrics of the user's own that a run is measured by at its end; null: none.</param>
/// <param name="Precision">What the network computes with.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.TrainingSpec")]
public sealed record TrainingSpec(
    double Epochs,
    ScheduleSpec Schedule,
    OptimizerSpec Optimizer,
    int EvaluateEvery,
    ImmutableArray<int> TestAtEpochs,
    int? Steps = null,
    CooldownSpec? Cooldown = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? LabelSmoothing = null, // left out: the fingerprints of old stay
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ClassWeightsSpec? ClassWeights = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Mixup = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Cutmix = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MetricSpecs? Metrics = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] PrecisionSpec Precision = PrecisionSpec.Full)
{
    /// <summary>The length in words: <c>3 epochs</c>, <c>2000 steps</c>.</summary>
    [JsonIgnore]
    public string LengthWords => Steps is { } steps
        ? string.Create(CultureInfo.InvariantCulture, $"{steps} {(steps == 1 ? "step" : "steps")}")
        : string.Create(CultureInfo.InvariantCulture, $"{Epochs:0.##} {(Epochs == 1 ? "epoch" : "epochs")}");

    /// <summary>What a run costs over its length, the readings of its annealed copies included; at least 1.</summary>
    [JsonIgnore]
    public double CostFactor => 1 + (Cooldown?.Cost ?? 0);

    /// <summary>Whether both say the same; an immutable array alone compares by reference.</summary>
    public bool Equals(TrainingSpec? other) =>
        other is not null
        && Epochs.Equals(other.Epochs)
        && Schedule == other.Schedule
        && Optimizer == other.Optimizer
        && EvaluateEvery == other.EvaluateEvery
        && Steps == other.Steps
        && Cooldown == other.Cooldown
        && LabelSmoothing == other.LabelSmoothing
        && ClassWeights == other.ClassWeights
        && Mixup == other.Mixup
        && Cutmix == other.Cutmix
        && Metrics == other.Metrics
        && Precision == other.Precision
        && TestAtEpochs.AsSpan().SequenceEqual(other.TestAtEpochs.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Epochs, Steps, Schedule, Optimizer, EvaluateEvery, Cooldown, LabelSmoothing, (ClassWeights, Mixup, Cutmix, Metrics, Precision));
}

/// <summary>What a network computes with; weights are kept and updated in float32 whichever it is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PrecisionSpec>))]
public enum PrecisionSpec
{
    /// <summary>32 bits.</summary>
    Full,

    /// <summary>bfloat16 for activations, convolutions and dense layers; norms and the loss stay in float32.</summary>
    BFloat16,
}

/// <summary>Update rule.</summary>
/// <param name="Type">Family of the rule.</param>
/// <param name="Nesterov">Nesterov's form of momentum; SGD only.</param>
/// <param name="Beta2">Decay of the second moment; in [0, 1); AdamW only. Its first moment follows the schedule's momentum.</param>
/// <param name="Epsilon">Added to the root of the second moment; greater than 0; AdamW only.</param>
/// <param name="DecayBiasAndNorm">Whether weight decay also acts on biases and normalisation parameters.</param>
/// <param name="ClipNorm">Largest Euclidean norm of the whole gradient; greater than 0; null: no clipping.</param>
/// <param name="BiasLearningRate">Rate of biases and normalisation parameters over that of the weights; greater than 0; SGD only.</param>
/// <param name="MomentumForm">Where the rate stands in the update; SGD only.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.OptimizerSpec")]
public sealed record OptimizerSpec(
    OptimizerType Type = OptimizerType.Sgd,
    bool Nesterov = false,
    double Beta2 = 0.999,
    double Epsilon = 1e-8,
    bool DecayBiasAndNorm = true,
    double? ClipNorm = null,
    double BiasLearningRate = 1,
    MomentumForm MomentumForm = MomentumForm.PyTorch);

/// <summary>Where the learning rate stands in SGD with momentum; the two differ while it moves.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MomentumForm>))]
public enum MomentumForm
{
    /// <summary>v ← μv + g; w ← w − lr·v.</summary>
    PyTorch,

    /// <summary>v ← μv + lr·g; w ← w − v.</summary>
    Caffe,
}

/// <summary>Families of update rules.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OptimizerType>))]
public enum OptimizerType
{
    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, arXiv:1711.05101).</summary>
    AdamW,
}
