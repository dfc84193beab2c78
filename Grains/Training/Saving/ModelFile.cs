using System.Collections.Immutable;
using Sweeper.Training.Models;
using Sweeper.Training.Running;
using static TorchSharp.torch;

namespace Sweeper.Training.Saving;

/// <summary>
/// A trained network as a safetensors file: parameters, then buffers, each in the network's order and under its module's
/// name. So the SHA-256 of everything after the header is the run's <see cref="TrainingResult.FinalWeightsHash"/>.
/// </summary>
internal static class ModelFile
{
    /// <summary>Key of the description among the file's texts.</summary>
    public const string InfoKey = "sweeper";

    /// <summary>Writes a network beside its place, then renames the file: it is there whole or not at all.</summary>
    /// <exception cref="CheckpointException">The file system refuses.</exception>
    public static void Write(string path, ImageModel model, SavedModelInfo info)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream file = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                Of(model, info).Write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new CheckpointException($"cannot save the model {path}: {error.Message}", error);
        }
    }

    /// <summary>A network as it is now.</summary>
    public static SafetensorsFile Of(ImageModel model, SavedModelInfo info) => new(
        [.. Named(model).Select(part => new SafetensorsEntry(part.Name, [.. part.Tensor.shape], TensorBytes.Save(part.Tensor), TypeOf(part.Tensor)))],
        ImmutableSortedDictionary<string, string>.Empty.Add("format", "pt").Add(InfoKey, info.Write()));

    /// <summary>What a file says about its network.</summary>
    /// <exception cref="InvalidDataException">It says nothing, or nothing that can be used.</exception>
    public static SavedModelInfo InfoOf(SafetensorsFile file) => SavedModelInfo.Read(file.Metadata.GetValueOrDefault(InfoKey)
        ?? throw new InvalidDataException($"its header has no text '{InfoKey}', which says what network the weights are of: it was not saved by `sweeper best --save`"));

    /// <summary>Puts the tensors of a file into a network.</summary>
    /// <exception cref="InvalidDataException">They are not its own, name for name and shape for shape; nothing was changed.</exception>
    public static void Restore(SafetensorsFile file, ImageModel model)
    {
        Dictionary<string, SafetensorsEntry> saved = file.Tensors.ToDictionary(tensor => tensor.Name);
        (string Name, Tensor Tensor)[] parts = [.. Named(model)];
        foreach ((string name, Tensor tensor) in parts)
        {
            if (!saved.TryGetValue(name, out SafetensorsEntry? entry) || !entry.Shape.AsSpan().SequenceEqual(tensor.shape) || entry.Type != TypeOf(tensor))
            {
                throw new InvalidDataException(
                    $"{model.GetName()} has a tensor {name} of shape [{string.Join(", ", tensor.shape)}], the file has {(entry is null ? "none" : $"[{string.Join(", ", entry.Shape)}]")}");
            }
        }

        if (saved.Keys.Except(parts.Select(part => part.Name)).FirstOrDefault() is { } strange)
        {
            throw new InvalidDataException($"{model.GetName()} has no tensor {strange}");
        }

        foreach ((string name, Tensor tensor) in parts)
        {
            TensorBytes.Restore(tensor, saved[name].Data.Span);
        }
    }

    private static string TypeOf(Tensor tensor) => tensor.dtype == ScalarType.Int64 ? SafetensorsEntry.Int64 : SafetensorsEntry.Float32;

    private static IEnumerable<(string Name, Tensor Tensor)> Named(ImageModel model) =>
        model.named_parameters().Select(part => (part.name, (Tensor)part.parameter)).Concat(model.named_buffers().Select(part => (part.name, part.buffer)));
}
