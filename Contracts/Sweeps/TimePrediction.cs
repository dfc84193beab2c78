namespace Sweeper.Contracts.Sweeps;

/// <summary>How long a spec will take, as far as that can be told.</summary>
/// <param name="Seconds">Time from the first job to the last end, seconds; null: not known.</param>
/// <param name="Low">With the fastest tenth of what was measured, seconds; null: too little was measured to tell.</param>
/// <param name="High">With the slowest tenth, seconds; null likewise.</param>
/// <param name="Slots">Jobs at once.</param>
/// <param name="Device">Device that it was predicted for; null: there is none.</param>
/// <param name="AtMost">Whether results may end it sooner.</param>
/// <param name="DeviceSeconds">Time of whole devices that the jobs take together, seconds; null: not known.</param>
/// <param name="Basis">What the prediction rests on, or why there is none and how to get one.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.TimePrediction")]
public sealed record TimePrediction(
    double? Seconds, double? Low, double? High, int Slots, string? Device, bool AtMost, double? DeviceSeconds, string Basis);

/// <summary>What a few steps of training took on a worker.</summary>
/// <param name="BatchSize">Images per step.</param>
/// <param name="StepSeconds">Time of a training step, seconds.</param>
/// <param name="StepsPerEpoch">Steps in one pass over the training images.</param>
/// <param name="ValidationSeconds">Time of a reading on the validation images, seconds.</param>
/// <param name="TestSeconds">Time of a reading on the test images, seconds.</param>
/// <param name="ProbeSeconds">Time of a reading along a range test, seconds.</param>
/// <param name="Trouble">Why it could not be measured; null: it was.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.MeasuredSpeed")]
public sealed record MeasuredSpeed(
    int BatchSize, double StepSeconds, int StepsPerEpoch, double ValidationSeconds, double TestSeconds, double ProbeSeconds, string? Trouble = null);
