using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.OwnModels;
using Sweeper.Training.Running;

namespace Sweeper.Training.Saving;

/// <summary>What it takes to use saved weights: the network that they are of, and how images become its input.</summary>
public sealed record SavedModelInfo
{
    /// <summary>Network and its settings.</summary>
    public required ModelOptions Model { get; init; }

    /// <summary>Where the network comes from where it is of a user's own; null: it is built in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SavedOwnModel? Own { get; init; }

    /// <summary>Channels, height and width of its input.</summary>
    public required ImageShape Input { get; init; }

    /// <summary>Names of the classes, in the order of the logits; none where it predicts a number.</summary>
    public required ImmutableArray<string> Classes { get; init; }

    /// <summary>How a row becomes its input; null: it takes images, or was saved by an earlier version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SavedTable? Table { get; init; }

    /// <summary>How pixels become numbers; the two lists below say it in full.</summary>
    public required PixelScaling Scaling { get; init; }

    /// <summary>What is taken from a pixel in [0, 1]; one value a channel.</summary>
    public required ImmutableArray<double> Mean { get; init; }

    /// <summary>What the rest is divided by; one value a channel.</summary>
    public required ImmutableArray<double> StandardDeviation { get; init; }

    /// <summary>Data set that it was trained on.</summary>
    public required string DataSet { get; init; }

    /// <summary>SHA-256 of its images and labels, hexadecimal.</summary>
    public required string DataHash { get; init; }

    /// <summary>Sweeper, TorchSharp and libtorch versions.</summary>
    public required string Versions { get; init; }

    private static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IgnoreReadOnlyProperties = true, // ImageShape.Values follows from the rest
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Of a network that is trained on such images.</summary>
    internal static SavedModelInfo Of(ModelOptions model, ImageData data) => new()
    {
        Model = model,
        Own = model.Own is { } own ? new SavedOwnModel(own.Source.Origin, own.Source.Sha256, own.Settings, own.Source.Script is null ? null : true) : null,
        Input = data.Shape,
        Classes = [.. data.Classes],
        Table = data.Table is { } encoding ? SavedTable.Of(encoding) : null,
        Scaling = data.Scaling,
        Mean = [.. data.Normalisation.Mean],
        StandardDeviation = [.. data.Normalisation.StandardDeviation],
        DataSet = data.Name,
        DataHash = data.ContentHash,
        Versions = TorchRuntime.Versions,
    };

    /// <summary>What it learned.</summary>
    internal LearningTask Task => Table?.TargetMean is null ? Classes.Length : LearningTask.Regression;

    /// <summary>As JSON on one line.</summary>
    internal string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads and checks what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else, or no network can be built from it.</exception>
    internal static SavedModelInfo Read(string json)
    {
        SavedModelInfo info;
        try
        {
            info = JsonSerializer.Deserialize<SavedModelInfo>(json, Json) ?? throw new InvalidDataException("the description of its network is null");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"the description of its network cannot be read: {error.Message}", error);
        }

        if (info.Classes.IsDefault || info.Mean.IsDefault || info.StandardDeviation.IsDefault)
        {
            throw new InvalidDataException("the description of its network lacks classes, mean or standard_deviation");
        }

        List<string> problems = info.Own is null ? [.. ModelCatalog.Check(info.Model, info.Input, info.Task)] : [];
        if (info.Mean.Length != info.Input.Channels || info.StandardDeviation.Length != info.Input.Channels || info.StandardDeviation.Any(deviation => deviation is not > 0))
        {
            problems.Add($"its mean and standard_deviation are not one number for each of its {info.Input.Channels} channels");
        }

        if (info.Table?.ToEncoding() is { } table && (table.Width != info.Input.Width || !info.Input.IsRow))
        {
            problems.Add($"its table makes {table.Width} features, and its input is {info.Input}");
        }

        return problems.Count == 0 ? info : throw new InvalidDataException(string.Join("; ", problems));
    }
}

/// <summary>Where a saved network comes from that is of a user's own.</summary>
/// <param name="Plugin">Its plug-in, or <see cref="ModelRegistry.Host"/>.</param>
/// <param name="Sha256">SHA-256 of the plug-in's content, hexadecimal.</param>
/// <param name="Settings">Values of its hyperparameters.</param>
/// <param name="IsScript">True: <paramref name="Plugin"/> is the path of a TorchScript file; null: it is what it says.</param>
public sealed record SavedOwnModel(
    string Plugin,
    string Sha256,
    ImmutableArray<OwnModelSetting> Settings,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? IsScript = null);
