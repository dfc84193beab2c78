using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Optimisers;
using Sweeper.Training.Running;
using TorchSharp;

namespace Sweeper.Training.Fusing;

/// <summary>
/// What sessions must have in common to take their steps together. Not in it: learning rate, momentum, weight decay, dropout,
/// seed, length, order of the images, augmentation; each member has its own.
/// </summary>
/// <param name="Model">Network, its dropout set to 0.</param>
/// <param name="Optimiser">Update rule, its weight decay set to 0.</param>
/// <param name="Input">Shape of the images.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Device">Device: its type and its number.</param>
/// <param name="BatchSize">Images in a step.</param>
/// <param name="LabelSmoothing">Share of each target that is spread evenly over all classes.</param>
/// <param name="Alone">Equal to nothing but itself, for a model of the user's own, whose layers serve one network only, and for weighted classes, mixed images, numbers to predict and bfloat16, which an array does not know; null: may be shared.</param>
internal sealed record ArrayKey(
    ModelOptions Model, OptimiserOptions Optimiser, ImageShape Input, int Classes, (DeviceType Type, int Index) Device, int BatchSize, double LabelSmoothing, object? Alone = null)
{
    /// <summary>Key of a session.</summary>
    public static ArrayKey Of(ModelOptions model, OptimiserOptions optimiser, ImageData data, int batchSize, double labelSmoothing, TargetOptions? targets = null, Precision precision = Precision.Full) => new(
        model with { Dropout = 0 },
        optimiser with { WeightDecay = 0 },
        data.Shape,
        data.Classes.Count,
        (data.Device.type, data.Device.index),
        batchSize,
        labelSmoothing,
        model.Own is null && !data.Task.IsRegression && precision == Precision.Full && (targets is null || targets == TargetOptions.None) ? null : new object());
}
