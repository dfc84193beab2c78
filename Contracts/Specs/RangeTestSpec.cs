using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Specs;

/// <summary>How a cell's LR range test runs.</summary>
/// <param name="Method">Whose test.</param>
/// <param name="From">First learning rate; at least 0 (<see cref="RangeTestMethod.Fastai"/>: greater than 0).</param>
/// <param name="To">Last learning rate; greater than <paramref name="From"/>.</param>
/// <param name="Epochs">Length of the ramp in epochs; greater than 0. <see cref="RangeTestMethod.Fastai"/> counts steps instead.</param>
/// <param name="Steps">Length of the ramp in optimiser steps; at least 20; overrides <paramref name="Epochs"/>; null: by epochs (Fastai: 100).</param>
/// <param name="Points">Evaluations of held-out accuracy along the ramp; at least 50 for Smith's test.</param>
/// <param name="PullBack">Factor on the suggested maximum before it is used; in (0, 1].</param>
[GenerateSerializer, Immutable, Alias("Sweeper.RangeTestSpec")]
public sealed record RangeTestSpec(
    RangeTestMethod Method,
    double From,
    double To,
    double Epochs,
    int? Steps,
    int Points,
    double PullBack);

/// <summary>Whose LR range test.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RangeTestMethod>))]
public enum RangeTestMethod
{
    /// <summary>Linear ramp, held-out accuracy along it (arXiv:1506.01186, section 3.3).</summary>
    Smith,

    /// <summary>Exponential ramp, smoothed training loss (fastai's <c>lr_find</c>).</summary>
    Fastai,
}
