using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Saving;

/// <summary>A winner whose network was trained once more.</summary>
/// <param name="Winner">Which trial it is.</param>
/// <param name="Again">How its repetition ended.</param>
/// <param name="Model">The network's file.</param>
/// <param name="Script">The network as TorchScript; null where its model is no TorchScript file.</param>
internal sealed record SavedWinner(Winner Winner, TrialRecord Again, SafetensorsContent Model, byte[]? Script = null)
{
    /// <summary>SHA-256 of the saved weights, hexadecimal.</summary>
    public string Hash { get; } = Model.WeightsHash();

    /// <summary>What the trial reached.</summary>
    public TrialScore Score => Winner.Trial.Score!;

    /// <summary>Whether the saved weights are the trial's own, bit for bit.</summary>
    public bool IsProved => Hash == Score.WeightsHash;

    /// <summary>The proof, or why there is none, in a sentence.</summary>
    public string Proof => IsProved
        ? $"They are {Winner.TrialName}'s own, bit for bit: the store has the same SHA-256 with its result."
        : $"They are NOT {Winner.TrialName}'s own bits: the store has SHA-256 {Score.WeightsHash} with its result. It ran on {Words(Winner.Trial)}, the repetition on {Words(Again)}; other hardware, threads or libraries round otherwise. The numbers of the repetition stand beside the trial's.";

    private static string Words(TrialRecord trial) => trial.Run is { } run ? $"{run.Device} with {run.Versions}" : "a worker that is not known";
}
