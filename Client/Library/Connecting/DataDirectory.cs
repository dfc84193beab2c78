namespace Sweeper.Client.Connecting;

/// <summary>Folder that holds the embedded silo's store, logs, checkpoints and the pictures.</summary>
/// <param name="Root">Absolute path.</param>
internal sealed record DataDirectory(string Root)
{
    /// <summary>Environment variable that names the folder.</summary>
    public const string Variable = "SWEEPER_HOME";

    /// <summary>Written by a silo that serves, removed when it ends.</summary>
    public string SiloFile => Path.Combine(Root, "silo.json");

    /// <summary>What the silo was started with, by the console that did it.</summary>
    public string StartedWithFile => Path.Combine(Root, "silo-options.json");

    /// <summary>What lets people into the live page; its owner's only.</summary>
    public string PageKey => Path.Combine(Root, "page.key");

    /// <summary>One file for each start of a silo.</summary>
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>Pictures of a sweep.</summary>
    public string ResultsOf(string sweep) => Path.Combine(Root, "results", sweep);

    /// <summary>Option, else <c>SWEEPER_HOME</c>, else <c>$XDG_DATA_HOME/sweeper</c>, else <c>~/.local/share/sweeper</c>.</summary>
    /// <param name="option">Value of <c>--data-dir</c>; null where it was not given.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public static DataDirectory Resolve(string? option, Func<string, string?> environment)
    {
        string? chosen = NonEmpty(option) ?? NonEmpty(environment(Variable));
        if (chosen is null)
        {
            string share = NonEmpty(environment("XDG_DATA_HOME"))
                ?? Path.Combine(
                    NonEmpty(environment("HOME")) ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
                    ".local",
                    "share");
            chosen = Path.Combine(share, "sweeper");
        }

        try
        {
            return new DataDirectory(Path.GetFullPath(chosen));
        }
        catch (ArgumentException unusable)
        {
            throw new CliException(ExitCode.BadInput, $"'{chosen}' cannot be a data directory: {unusable.Message}", unusable);
        }
    }

    /// <summary>Creates the folder where it is missing and tries to write in it.</summary>
    /// <exception cref="CliException">It cannot be written.</exception>
    public void EnsureWritable()
    {
        try
        {
            Directory.CreateDirectory(Root);
            Directory.CreateDirectory(Logs);
            string probe = Path.Combine(Root, $".probe-{Environment.ProcessId}");
            File.WriteAllText(probe, "sweeper");
            File.Delete(probe);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CliException(
                ExitCode.BadInput,
                $"The data directory {Root} cannot be written: {failure.Message} Choose another with --data-dir or {Variable}.",
                failure);
        }
    }

    private static string? NonEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
