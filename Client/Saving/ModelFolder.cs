namespace Sweeper.Client.Saving;

/// <summary>The folder that a model is saved to: new or empty, and afterwards whole.</summary>
internal static class ModelFolder
{
    /// <summary>Name of the weights' file.</summary>
    public const string Weights = "model.safetensors";

    /// <summary>Name of the TorchScript file, where the model was one.</summary>
    public const string Script = "model.pt";

    /// <summary>Name of the description.</summary>
    public const string Description = "model.json";

    /// <summary>Checks that it can be saved to.</summary>
    /// <param name="path">As given.</param>
    /// <returns>Its absolute path.</returns>
    /// <exception cref="CliException">It cannot.</exception>
    public static string Check(string path)
    {
        string full = Path.GetFullPath(path);
        if (File.Exists(full))
        {
            throw new CliException(ExitCode.BadInput, $"{path} is a file; name a folder.");
        }

        return Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any()
            ? throw new CliException(ExitCode.BadInput, $"The folder {path} is not empty; name a new one or empty it.")
            : full;
    }

    /// <summary>Writes the files beside their places, then puts them there.</summary>
    /// <exception cref="IOException">They could not be written; nothing is left behind.</exception>
    public static async Task WriteAsync(string folder, IReadOnlyCollection<(string Name, byte[] Content)> files, CancellationToken stop)
    {
        bool fresh = !Directory.Exists(folder);
        string temporary = Path.Combine(folder, $".{Environment.ProcessId}.tmp");
        Directory.CreateDirectory(temporary);
        List<string> moved = [];
        try
        {
            foreach ((string name, byte[] content) in files)
            {
                await File.WriteAllBytesAsync(Path.Combine(temporary, name), content, stop);
            }

            foreach ((string name, _) in files)
            {
                string target = Path.Combine(folder, name);
                File.Move(Path.Combine(temporary, name), target);
                moved.Add(target);
            }
        }
        catch
        {
            moved.ForEach(File.Delete);
            Directory.Delete(fresh ? folder : temporary, recursive: true);
            throw;
        }

        Directory.Delete(temporary);
    }
}
