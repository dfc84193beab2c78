using Sweeper.Contracts.Jobs;
using Sweeper.Training.Running;
using Sweeper.Training.Saving;

namespace Sweeper.Grains.Workers;

/// <summary>Where checkpoints lie: one file a job, one folder a sweep.</summary>
/// <param name="root">Folder of all checkpoints.</param>
public sealed class CheckpointFolder(string root)
{
    /// <summary>File of a job's checkpoint; its folder exists when the call returns.</summary>
    /// <param name="key">Which job.</param>
    public string FileOf(JobKey key)
    {
        string folder = FolderOf(key.Sweep);
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, key.ShortName + ".ckpt");
    }

    /// <summary>File of the final weights that a trial leaves to others; its folder exists when the call returns.</summary>
    /// <param name="key">Which trial.</param>
    public string WeightsOf(JobKey key) => Path.ChangeExtension(FileOf(key), ".weights");

    /// <summary>File of the trained network that a trial leaves to a user; its folder exists when the call returns.</summary>
    /// <param name="key">Which trial.</param>
    public string ModelOf(JobKey key) => Path.ChangeExtension(FileOf(key), ".safetensors");

    /// <summary>Folder of a job whose trainer is the user's own: its checkpoints, its orders and its reports.</summary>
    /// <param name="key">Which job.</param>
    public string ExternalOf(JobKey key) => Path.ChangeExtension(FileOf(key), ".external");

    /// <summary>Removes that folder, where there is one.</summary>
    /// <param name="key">Which job.</param>
    public void DeleteExternal(JobKey key)
    {
        if (Directory.Exists(FolderOf(key.Sweep)) && ExternalOf(key) is var folder && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Reads a part of that file; null where there is none.</summary>
    /// <param name="key">Which trial.</param>
    /// <param name="offset">First byte that is wanted; at least 0.</param>
    /// <param name="most">Most bytes at once.</param>
    public (long Length, byte[] Bytes)? ReadModel(JobKey key, long offset, int most) => Read(key, ModelOf, offset, most);

    /// <summary>Reads a part of the same network as TorchScript; null where there is none.</summary>
    /// <param name="key">Which trial.</param>
    /// <param name="offset">First byte that is wanted; at least 0.</param>
    /// <param name="most">Most bytes at once.</param>
    public (long Length, byte[] Bytes)? ReadScript(JobKey key, long offset, int most) => Read(key, one => ScriptModelFile.Beside(ModelOf(one)), offset, most);

    private (long Length, byte[] Bytes)? Read(JobKey key, Func<JobKey, string> file, long offset, int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (!Directory.Exists(FolderOf(key.Sweep)) || file(key) is var path && !File.Exists(path))
        {
            return null;
        }

        using FileStream stream = File.OpenRead(path);
        byte[] part = new byte[Math.Clamp(stream.Length - offset, 0, most)];
        stream.Position = offset;
        stream.ReadExactly(part);
        return (stream.Length, part);
    }

    /// <summary>Removes the final weights of a trial, where there are some.</summary>
    /// <param name="key">Which trial.</param>
    public void DeleteWeights(JobKey key)
    {
        if (Directory.Exists(FolderOf(key.Sweep)))
        {
            File.Delete(WeightsOf(key));
        }
    }

    /// <summary>Removes a job's checkpoint, where there is one.</summary>
    /// <param name="key">Which job.</param>
    public void Delete(JobKey key)
    {
        if (Directory.Exists(FolderOf(key.Sweep)))
        {
            CheckpointFile.Delete(FileOf(key));
            DeleteExternal(key);
        }
    }

    /// <summary>Removes every checkpoint of a sweep.</summary>
    /// <param name="sweep">Name of the sweep.</param>
    public void Delete(string sweep)
    {
        string folder = FolderOf(sweep);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Names of sweeps are valid file names: the spec's rules see to that, and here is the last guard.</summary>
    private string FolderOf(string sweep) => sweep.IndexOfAny(['/', '\\', '\0']) < 0 && sweep is not ("." or "..")
        ? Path.Combine(root, sweep)
        : throw new ArgumentException($"'{sweep}' is no name of a sweep.", nameof(sweep));
}
