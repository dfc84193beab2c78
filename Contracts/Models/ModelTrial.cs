using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sweeper.Contracts.Specs;

namespace Sweeper.Contracts.Models;

/// <summary>What came of trying a model of a user's own: one step on two images, in a process of its own.</summary>
/// <param name="Problems">Everything that is wrong; empty: it can be trained.</param>
/// <param name="Sha256">SHA-256 of the content of its plug-in, hexadecimal; null where that could not be told.</param>
/// <param name="Input">Shape of the images that it was tried on, in words; null where it was not tried.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Parameters">Trained values for each combination of settings that was tried, in their order.</param>
/// <param name="Loss">First loss, nats; null where it was not tried.</param>
/// <param name="Declared">Hyperparameters that the model declares, each with what it takes.</param>
/// <param name="MetricHashes">SHA-256 of the content of each metric of the user's own, in the order of the spec.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.ModelTrial")]
public sealed record ModelTrial(
    ImmutableArray<SpecProblem> Problems,
    string? Sha256,
    string? Input,
    int Classes,
    ImmutableArray<long> Parameters,
    double? Loss,
    ImmutableArray<string> Declared,
    [property: JsonIgnore] ImmutableArray<string> MetricHashes = default)
{
    /// <summary>Of a model that could not be tried.</summary>
    public static ModelTrial Refused(params ImmutableArray<SpecProblem> problems) => new(problems, null, null, 0, [], null, []);
}
