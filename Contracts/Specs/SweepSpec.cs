using System.Text.Json.Serialization;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Contracts.Specs;

/// <summary>What a user asks for: everything that decides a sweep's results, nothing about where it runs.</summary>
/// <param name="Name">Name of the sweep, unique in its store; lower-case letters, digits, '.', '_' and '-', at most 60.</param>
/// <param name="Seed">Seed of the search and, with a trial's replicate number, of every trial.</param>
/// <param name="Data">Images to train on.</param>
/// <param name="Model">Network to train.</param>
/// <param name="Training">How one trial trains.</param>
/// <param name="RangeTest">How a cell's LR range test runs.</param>
/// <param name="Search">Which configurations are tried.</param>
/// <param name="Limits">What the sweep may spend.</param>
/// <param name="Purpose">Whole sweep, or one of the single jobs that share its machinery.</param>
/// <param name="Sharing">How it shares the devices with other sweeps; null: as an equal among equals.</param>
/// <param name="Repeat">The one trial that <see cref="SweepPurpose.Weights"/> runs; null with every other purpose.</param>
/// <param name="Trainer">A program of the user's own that trains in place of the engine; null: the engine trains.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.SweepSpec")]
public sealed record SweepSpec(
    string Name,
    int Seed,
    DataSpec Data,
    ModelSpec Model,
    TrainingSpec Training,
    RangeTestSpec RangeTest,
    SearchSpec Search,
    LimitsSpec Limits,
    SweepPurpose Purpose = SweepPurpose.Search,
    SharingSpec? Sharing = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TrialRepeat? Repeat = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TrainerSpec? Trainer = null)
{
    /// <summary>Whether code of the user's own runs in the engine: its model, or a metric.</summary>
    [JsonIgnore]
    public bool HasOwnCode => Model.IsOwn || Training.Metrics is not null;
}

/// <summary>What a sweep is for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SweepPurpose>))]
public enum SweepPurpose
{
    /// <summary>Range tests where the space asks for them, then trials.</summary>
    Search,

    /// <summary>One range test for each cell and nothing else (<c>sweeper range-test</c>).</summary>
    RangeTestsOnly,

    /// <summary>One trial that is interrupted and resumed, to prove that the numbers stay equal (<c>sweeper verify-resume</c>).</summary>
    ResumeCheck,

    /// <summary>One trial of another sweep once more, for its weights (<c>sweeper best --save</c>).</summary>
    Weights,
}
