using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Schedules;

namespace Sweeper.Training.Running;

/// <summary>
/// Identity of a run's numbers: SHA-256 over everything in a job that they depend on, the images, the type of device
/// and libtorch's version. A checkpoint is only resumed by a run with the same one.
/// </summary>
internal static class JobFingerprint
{
    /// <summary>Fingerprint (hex) of a run.</summary>
    /// <param name="job">The job.</param>
    /// <param name="schedule">Its schedule; hashed by its values, step for step.</param>
    /// <param name="data">Images.</param>
    public static string Of(TrainingJob job, Schedule schedule, ImageData data)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {TorchRuntime.Versions}
            {data.Device.type} {data.ContentHash}{(data.Scaling == PixelScaling.Standard ? "" : $" {data.Scaling}")}{(data.IsStreamed ? " streamed" : "")}
            {job.Model}
            {job.Optimiser}
            {job.Augmentation}
            batch {job.BatchSize}, validation {job.Validation:R} by {job.SplitSeed}{(job.TrainImages is { } images ? $", {images} images" : "")}, seed {job.Seed}
            every {job.Evaluation.ValidateEveryEpochs}{(job.Evaluation.ValidateEverySteps is { } every ? $" or {every} steps" : "")}, test at {string.Join(' ', job.Evaluation.TestAtEpochs)}, {job.Evaluation.BatchSize} at once
            {job.Divergence}
            {job.MaxCurvePoints} points{(job.Cooldown is { } cooldown ? $"\ncooldown {cooldown}" : "")}{(job.LabelSmoothing > 0 ? $"\nlabel smoothing {job.LabelSmoothing:R}" : "")}{(job.Targets == TargetOptions.None ? "" : $"\n{job.Targets}")}{(job.Precision == Precision.Full ? "" : $"\n{job.Precision}")}{(job.Model.Own is { } own ? $"\nown {own.Identity}" : "")}
            """)));
        Span<byte> point = stackalloc byte[2 * sizeof(double)];
        for (int step = 0; step < schedule.TotalSteps; step++)
        {
            (double rate, double momentum) = schedule.At(step);
            BinaryPrimitives.WriteDoubleLittleEndian(point, rate);
            BinaryPrimitives.WriteDoubleLittleEndian(point[sizeof(double)..], momentum);
            hash.AppendData(point);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
