using System.Text.Json;

namespace Sweeper.Tests.Benchmarks.Orchestration;

/// <summary>What a sweep of trials that train nothing took.</summary>
/// <param name="Seconds">Time from submission to its end.</param>
/// <param name="ProcessorSeconds">Time of processors.</param>
/// <param name="BytesPerTrial">Managed memory that the silo keeps of it, per trial, after a full collection.</param>
/// <param name="PeakBytes">Largest resident memory of the process.</param>
/// <param name="MeanBatch">Changes of the store that shared a transaction, on average.</param>
/// <param name="LargestBatch">At most.</param>
/// <param name="ReactivationSeconds">Time until a coordinator in a new silo has read it.</param>
internal sealed record NoOpResult(
    double Seconds, double ProcessorSeconds, double BytesPerTrial, double PeakBytes, double MeanBatch, double LargestBatch, double ReactivationSeconds)
{
    /// <summary>One line.</summary>
    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>What <see cref="Write"/> wrote.</summary>
    public static NoOpResult Read(string line) => JsonSerializer.Deserialize<NoOpResult>(line) ?? throw new JsonException("There is no result.");
}
