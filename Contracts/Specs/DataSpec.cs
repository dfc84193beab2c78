using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Specs;

/// <summary>Images, or rows of a table, to train on.</summary>
/// <param name="Set">Name of a data set that the engine knows, such as <c>fashion-mnist-10k</c> or <c>image-folder</c>.</param>
/// <param name="Path">Folder or archive that holds it; null: the known places are searched, then it is downloaded.</param>
/// <param name="TrainSize">
/// Training images to load, class-balanced and seeded, before the validation split; null: all. Of several sizes the largest.
/// </param>
/// <param name="Validation">Fraction of the training images held out to select by; in [0, 0.5].</param>
/// <param name="ImageSize">Height and width in pixels that images of a folder are resized to; null: the set's own.</param>
/// <param name="Flip">Whether training images are mirrored left to right with probability one half.</param>
/// <param name="Crop">Pixels of padding before a random crop back to size; 0: none.</param>
/// <param name="Cutout">Side in pixels of the square that is blanked at a random place; 0: none.</param>
/// <param name="Scaling">How pixels become numbers.</param>
/// <param name="TrainSizes">
/// Sizes that the search compares, in the order of the spec, 0 for all; null where there is one, <paramref name="TrainSize"/>.
/// </param>
/// <param name="Target">Column of a table that holds the classes, or the numbers to predict; null for images.</param>
/// <param name="TestPath">File of a table's test rows; null: a fifth of its rows is set aside, or these are images.</param>
/// <param name="DamagedFiles">What becomes of files of a folder of images that cannot be read.</param>
/// <param name="Task">Whether classes are told apart, or a number of a table's rows is predicted.</param>
/// <param name="Streaming">Whether the images of a folder stay on disk, decoded, and are read as they are needed.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.DataSpec")]
public sealed record DataSpec(
    string Set,
    string? Path = null,
    int? TrainSize = null,
    double Validation = DataSpec.DefaultValidation,
    int? ImageSize = null,
    bool Flip = false,
    int Crop = 0,
    int Cutout = 0,
    PixelScalingSpec Scaling = PixelScalingSpec.Standard,
    AxisSpec.Values? TrainSizes = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Target = null, // the fingerprints of old stay
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TestPath = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] DamagedFilesSpec DamagedFiles = DamagedFilesSpec.Refuse,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] TaskSpec Task = TaskSpec.Classification,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Streaming = false)
{
    /// <summary>What stands for all images in <see cref="TrainSizes"/>.</summary>
    public const double All = 0;

    /// <summary>Fraction of the training images held out where the spec is silent.</summary>
    public const double DefaultValidation = 0.1;

    /// <summary>Whether another spec names the same data: the same set, and of a user's own files the same ones.</summary>
    /// <param name="other">The other's data.</param>
    public bool IsSameSet(DataSpec other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Set == other.Set && (!KnownNames.OwnFiles.Contains(Set) || (Path == other.Path && Target == other.Target && Task == other.Task));
    }

    /// <summary>What stands where accuracies do: accuracy, or R² where numbers are predicted.</summary>
    [JsonIgnore]
    public Metric Score => Task == TaskSpec.Regression ? Metric.R2 : Metric.Accuracy;
}

/// <summary>How pixels become the numbers that a network sees.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PixelScalingSpec>))]
public enum PixelScalingSpec
{
    /// <summary>Mean 0 and standard deviation 1 per channel over the training images.</summary>
    Standard,

    /// <summary>0 is black, 1 is full, as in Caffe's examples.</summary>
    Unit,
}

/// <summary>What becomes of a folder's files that are no readable image.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DamagedFilesSpec>))]
public enum DamagedFilesSpec
{
    /// <summary>They are an error, which names them.</summary>
    Refuse,

    /// <summary>They are left out, and counted with every result.</summary>
    Skip,
}

/// <summary>What is learned.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TaskSpec>))]
public enum TaskSpec
{
    /// <summary>Classes are told apart.</summary>
    Classification,

    /// <summary>A number is predicted.</summary>
    Regression,
}
