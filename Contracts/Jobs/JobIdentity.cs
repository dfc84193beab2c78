using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sweeper.Contracts.Specs;

namespace Sweeper.Contracts.Jobs;

/// <summary>
/// What decides a job's numbers as far as it was asked for: jobs with the same fingerprint differ at most in where they run
/// (<see cref="RunInfo.Platform"/>, <see cref="RunInfo.DataHash"/>). The sweep's name, its limits and its search are no part of it.
/// </summary>
public static class JobIdentity
{
    /// <summary>To be raised where the same settings come to mean something else.</summary>
    private const int Version = 1;

    /// <summary>Fingerprint of a job: SHA-256, hexadecimal.</summary>
    public static string Of(JobTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        Configuration at = ticket.Configuration;
        return ticket.Key.Kind == JobKind.Trial
            ? OfTrial(ticket.Spec, at, ticket.Seed, ticket.Plan)
            : OfRangeTest(ticket.Spec, at.Cell, ticket.LengthFactor, ticket.Repeat);
    }

    /// <summary>Fingerprint of a trial.</summary>
    /// <param name="spec">The sweep's spec; its seed splits the data.</param>
    /// <param name="configuration">Point of the space.</param>
    /// <param name="seed">Seed of the trial.</param>
    /// <param name="plan">Length and schedule where they are not the spec's.</param>
    public static string OfTrial(SweepSpec spec, Configuration configuration, int seed, TrialPlan? plan)
    {
        ArgumentNullException.ThrowIfNull(spec);
        TrainingSpec training = spec.Training with
        {
            Epochs = plan?.Epochs ?? spec.Training.Epochs,
            Schedule = plan?.Schedule ?? spec.Training.Schedule,
        };
        return Hash(JsonSerializer.SerializeToUtf8Bytes(
            new TrialIdentity(Version, spec.Data, Model(spec), training, configuration, seed, spec.Seed, plan?.Lineage?.WeightsIdentity, spec.Trainer?.Identity),
            JobIdentityContext.Default.TrialIdentity));
    }

    /// <summary>Fingerprint of a range test.</summary>
    /// <param name="spec">The sweep's spec.</param>
    /// <param name="cell">Batch size, weight decay and dropout.</param>
    /// <param name="lengthFactor">Its length over the spec's.</param>
    /// <param name="repeat">What it repeats, over a ramp that may lead elsewhere; null: nothing.</param>
    public static string OfRangeTest(SweepSpec spec, CellKey cell, double lengthFactor, RangeTestRepeat? repeat = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ScheduleSpec schedule = spec.Training.Schedule;
        bool cycles = schedule.Type is not (ScheduleType.Constant or ScheduleType.Step);
        return Hash(JsonSerializer.SerializeToUtf8Bytes(
            new RangeTestIdentity(
                Version,
                spec.Data,
                Model(spec),
                spec.Training.Optimizer,
                schedule.MomentumHigh,
                cycles ? schedule.MomentumLow : null,
                spec.RangeTest with { PullBack = 1, To = repeat?.To ?? spec.RangeTest.To }, // the first is applied to its result
                cell,
                lengthFactor,
                repeat is not null, // a repeat that diverges concludes
                spec.Seed,
                spec.Training.LabelSmoothing,
                spec.Training.ClassWeights,
                spec.Training.Mixup,
                spec.Training.Cutmix,
                spec.Training.Precision,
                spec.Trainer?.Identity),
            JobIdentityContext.Default.RangeTestIdentity));
    }

    /// <summary>
    /// The model without the values that its settings may take: a configuration says which of them a job has. A TorchScript file counts
    /// by its content, wherever it lies.
    /// </summary>
    private static ModelSpec Model(SweepSpec spec) =>
        spec.Model with { Settings = null, Script = spec.Model.ScriptSha256 is null ? spec.Model.Script : null };

    private static string Hash(byte[] text) => Convert.ToHexStringLower(SHA256.HashData(text));
}

/// <summary>A trial's part of <see cref="JobIdentity"/>. Whole parts of the spec: a setting that is added later counts by itself.</summary>
internal sealed record TrialIdentity(
    int Version, DataSpec Data, ModelSpec Model, TrainingSpec Training, Configuration Configuration, int Seed, int SplitSeed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Weights, // fresh ones: the fingerprints of old stay
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TrainerSpec? Trainer);

/// <summary>A range test's part of <see cref="JobIdentity"/>.</summary>
internal sealed record RangeTestIdentity(
    int Version,
    DataSpec Data,
    ModelSpec Model,
    OptimizerSpec Optimizer,
    double MomentumStart,
    double? MomentumEnd,
    RangeTestSpec RangeTest,
    CellKey Cell,
    double LengthFactor,
    bool IsRepeat,
    int Seed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? LabelSmoothing,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ClassWeightsSpec? ClassWeights,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Mixup,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Cutmix,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] PrecisionSpec Precision,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TrainerSpec? Trainer);

/// <summary>Serialisers of the identities; generated, so that the order of members is the order of declaration.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TrialIdentity))]
[JsonSerializable(typeof(RangeTestIdentity))]
internal sealed partial class JobIdentityContext : JsonSerializerContext;
