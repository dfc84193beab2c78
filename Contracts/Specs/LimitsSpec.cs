namespace Sweeper.Contracts.Specs;

/// <summary>What a sweep may spend. A limit that is reached ends the sweep with what it has; it is not an error.</summary>
/// <param name="Trials">Most trials that are started; at least 1; null: no limit.</param>
/// <param name="Epochs">Most epochs of training, range tests included; greater than 0; null: no limit.</param>
/// <param name="WallTime">Longest time that the sweep is at work, interruptions not counted; null: no limit.</param>
/// <param name="MaxParallel">Most jobs at once; at least 1; null: as many as there are free slots.</param>
/// <param name="Attempts">Times that a job whose worker was lost is started before it counts as failed; at least 1.</param>
/// <param name="NoProgress">Time without a step after which a running job counts as hung; null: <see cref="UsualNoProgress"/>.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.LimitsSpec")]
public sealed record LimitsSpec(
    int? Trials = null,
    double? Epochs = null,
    TimeSpan? WallTime = null,
    int? MaxParallel = null,
    int Attempts = LimitsSpec.DefaultAttempts,
    TimeSpan? NoProgress = null)
{
    /// <summary><see cref="NoProgress"/> where the spec is silent: longer than a data set takes to be read.</summary>
    public static readonly TimeSpan UsualNoProgress = TimeSpan.FromMinutes(10);

    /// <summary>Attempts where the spec is silent.</summary>
    public const int DefaultAttempts = 5;
}
