using Sweeper.Training.Data;
using TorchSharp;

namespace Sweeper.Training.Running;

/// <summary>What a run ran on: with the job, enough to run it again.</summary>
public sealed record RunCircumstances
{
    /// <summary>Device, such as <c>CPU (2 threads)</c> or a GPU's name.</summary>
    public required string Device { get; init; }

    /// <summary>Threads of one native operation on the CPU; results can depend on it by rounding.</summary>
    public required int Threads { get; init; }

    /// <summary>Sweeper, TorchSharp and libtorch versions.</summary>
    public required string Versions { get; init; }

    /// <summary>Program, libraries, processor and device, as far as numbers depend on them, and whether steps were taken together with other runs.</summary>
    public required string Platform { get; init; }

    /// <summary>Seed of the run.</summary>
    public required long Seed { get; init; }

    /// <summary>Name of the data set.</summary>
    public required string DataName { get; init; }

    /// <summary>SHA-256 of its arrays, hexadecimal.</summary>
    public required string DataHash { get; init; }

    /// <summary>Images trained on, after the validation split.</summary>
    public required int TrainImages { get; init; }

    /// <summary>Damaged files of the data set that were left out.</summary>
    public required int SkippedFiles { get; init; }

    /// <summary>Images held out to select by.</summary>
    public required int ValidationImages { get; init; }

    /// <summary>Trainable parameters of the model; 0 where memory ran out before it was built.</summary>
    public required long Parameters { get; init; }

    /// <summary>Start of this attempt, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Circumstances of a run in this process.</summary>
    internal static RunCircumstances Of(ImageData data, Split split, long seed, long parameters, DateTimeOffset startedAt, bool fused)
    {
        TorchDevice device = data.Device.type == DeviceType.CPU ? TorchDevice.Cpu(TorchRuntime.Threads) : TorchDevice.Cuda(data.Device.index);
        return new RunCircumstances
        {
            Device = device.Description,
            Platform = TorchRuntime.PlatformOf(device) + (fused ? ", fused" : ""),
            Threads = TorchRuntime.Threads,
            Versions = TorchRuntime.Versions,
            Seed = seed,
            DataName = data.Name,
            DataHash = data.ContentHash,
            TrainImages = split.Train.Length,
            SkippedFiles = data.Skipped,
            ValidationImages = split.Validation.Length,
            Parameters = parameters,
            StartedAt = startedAt,
        };
    }
}
