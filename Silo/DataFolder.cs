namespace Sweeper.Silo;

/// <summary>The folder that everything durable lies in, locked for one silo.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly string _root;
    private readonly FileStream _lock;

    private DataFolder(string root, FileStream held)
    {
        _root = root;
        _lock = held;
    }

    /// <summary>The folder itself.</summary>
    public string Root => _root;

    /// <summary>SQLite database.</summary>
    public string Database => Path.Combine(_root, "sweeper.db");

    /// <summary>Folder of checkpoints.</summary>
    public string Checkpoints => Path.Combine(_root, "checkpoints");

    /// <summary>File that says where the running silo listens.</summary>
    public string SiloFile => Path.Combine(_root, "silo.json");

    /// <summary>Creates the folder where it is missing and locks it.</summary>
    /// <exception cref="SiloStartException">It cannot be written, or another silo holds it.</exception>
    public static DataFolder Open(string path)
    {
        string root = Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(root);
            string probe = Path.Combine(root, $".write-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SiloStartException(SiloExit.BadOptions, $"the data folder {root} cannot be written ({error.Message}); name another with --data-dir.");
        }

        try
        {
            return new DataFolder(root, new FileStream(
                Path.Combine(root, "silo.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            throw new SiloStartException(SiloExit.FolderInUse, $"another silo uses the data folder {root}; silo.json in it says which process it is.");
        }
    }

    /// <inheritdoc />
    public void Dispose() => _lock.Dispose();
}
