using System.Runtime.InteropServices;
using Sweeper.Training.OwnModels.Scripts;
using Sweeper.Training.Running;

namespace Sweeper.Training.Saving;

/// <summary>A trained network as a TorchScript file, where it was one.</summary>
internal static class ScriptModelFile
{
    /// <summary>Its place, given that of the safetensors file.</summary>
    public static string Beside(string model) => Path.ChangeExtension(model, ".pt");

    /// <summary>Writes it beside its place, then renames the file: it is there whole or not at all.</summary>
    /// <exception cref="CheckpointException">The file system refuses.</exception>
    public static void Write(string path, ScriptNetwork network)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            network.Save(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ExternalException)
        {
            File.Delete(temporary);
            throw new CheckpointException($"cannot save the model {path}: {error.Message.Split('\n', 2)[0].Trim()}", error);
        }
    }
}
