using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Specs;

/// <summary>A program of the user's own that trains in place of the engine; model and data are its own as well.</summary>
/// <param name="Command">Program and its arguments, which may hold placeholders (<see cref="CommandPlaceholders"/>); never read by a shell.</param>
/// <param name="TrainExamples">Examples in one pass over the training data; at least 1. With the batch size they give the steps of an epoch.</param>
/// <param name="ValidationExamples">Examples held out to select by; at least 0, at most <paramref name="TrainExamples"/>.</param>
/// <param name="Classes">Classes that accuracy is about; at least 2.</param>
/// <param name="Workdir">Absolute path of the folder that the command runs in; null: not yet known.</param>
/// <param name="Files">Further files that decide its numbers, beside those that the command names.</param>
/// <param name="Environment">Variables of its environment, <c>NAME=value</c>, in the order of their names.</param>
/// <param name="Timeout">Longest time of one attempt; null: any.</param>
/// <param name="Grace">Time from SIGTERM to SIGKILL where it is stopped.</param>
/// <param name="Content">SHA-256 of the files that the command names, hexadecimal; null: they were not to be seen where the spec was read.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.TrainerSpec")]
public sealed record TrainerSpec(
    ImmutableArray<string> Command,
    int TrainExamples,
    int ValidationExamples,
    int Classes,
    string? Workdir,
    ImmutableArray<string> Files,
    ImmutableArray<string> Environment,
    TimeSpan? Timeout,
    TimeSpan Grace,
    string? Content = null)
{
    /// <summary>Most optimiser steps of one run: its schedule is handed over step for step.</summary>
    public const int MostSteps = 1_000_000;

    /// <summary>Time from SIGTERM to SIGKILL where the spec is silent.</summary>
    public static readonly TimeSpan UsualGrace = TimeSpan.FromSeconds(10);

    /// <summary>The data of such a spec: nothing but numbers of examples.</summary>
    [JsonIgnore]
    public DataSpec Data => new(
        KnownNames.External,
        TrainSize: TrainExamples + ValidationExamples,
        Validation: ValidationExamples == 0 ? 0 : ValidationExamples / ((double)TrainExamples + ValidationExamples));

    /// <summary>
    /// What decides the numbers of its runs. Where the files' content is known, their folder may be another one; how long a run
    /// may take never counts.
    /// </summary>
    [JsonIgnore]
    public TrainerSpec Identity => this with { Timeout = null, Grace = TimeSpan.Zero, Workdir = Content is null ? Workdir : null };

    /// <summary>The command on one line, for a person.</summary>
    [JsonIgnore]
    public string CommandLine => string.Join(' ', Command);

    /// <summary>Whether both say the same; an immutable array alone compares by reference.</summary>
    public bool Equals(TrainerSpec? other) =>
        other is not null
        && Command.AsSpan().SequenceEqual(other.Command.AsSpan())
        && TrainExamples == other.TrainExamples
        && ValidationExamples == other.ValidationExamples
        && Classes == other.Classes
        && Workdir == other.Workdir
        && Files.AsSpan().SequenceEqual(other.Files.AsSpan())
        && Environment.AsSpan().SequenceEqual(other.Environment.AsSpan())
        && Timeout == other.Timeout
        && Grace == other.Grace
        && Content == other.Content;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(TrainExamples, ValidationExamples, Classes, Workdir, Timeout, Grace, Content, Command.IsDefault ? 0 : Command.Length);
}
