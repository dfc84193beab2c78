namespace Sweeper.Silo;

/// <summary>The folder that everything durable lies in, locked for one silo.</summary>
internal sealed partial class DataFolder : IDisposable
{
    private readonly string _root;
    private readonly string? _shared;
    private readonly FileStream _lock;

    private DataFolder(string root, string? shared, FileStream held)
    {
        _root = root;
        _shared = shared;
        _lock = held;
    }

    /// <summary>The folder itself.</summary>
    public string Root => _root;

    /// <summary>SQLite database.</summary>
    public string Database => Path.Combine(_root, "sweeper.db");

    /// <summary>Folder of checkpoints; may be one that several silos share.</summary>
    public string Checkpoints => _shared ?? Path.Combine(_root, "checkpoints");

    /// <summary>File that says where the running silo listens.</summary>
    public string SiloFile => Path.Combine(_root, "silo.json");

    /// <summary>Creates the folder where it is missing and locks it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="checkpoints">Folder of checkpoints elsewhere; empty: within it.</param>
    /// <exception cref="SiloStartException">One of them cannot be written, or another silo holds it.</exception>
    public static DataFolder Open(string path, string checkpoints)
    {
        string root = Writable(path, "data folder", "--data-dir");
        string? shared = checkpoints.Length == 0 ? null : Writable(checkpoints, "folder of checkpoints", "--checkpoints");
        try
        {
            return new DataFolder(root, shared, new FileStream(
                Path.Combine(root, "silo.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            throw new SiloStartException(SiloExit.FolderInUse, $"another silo uses the data folder {root}; silo.json in it says which process it is.");
        }
    }

    /// <summary>Warns a silo of a cluster whose checkpoints the others cannot read.</summary>
    public void WarnIfAlone(ILogger logger)
    {
        if (_shared is null)
        {
            LogAlone(logger);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _lock.Dispose();

    private static string Writable(string path, string what, string option)
    {
        string folder = Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(folder);
            string probe = Path.Combine(folder, $".write-{Environment.MachineName}-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return folder;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SiloStartException(SiloExit.BadOptions, $"the {what} {folder} cannot be written ({error.Message}); name another with {option}.");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Checkpoints stay on this machine: a trial whose machine is lost starts from its beginning on another one. Name a folder that all silos share with --checkpoints DIR")]
    private static partial void LogAlone(ILogger logger);
}
