using Sweeper.Contracts.Specs;

namespace Sweeper.Grains.Workers.External;

/// <summary>Finds programs as a shell does.</summary>
internal static class ProgramFinder
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Full path of a trainer's program; null where there is none.</summary>
    public static string? Find(TrainerSpec trainer)
    {
        string? path = trainer.Environment.Where(line => line.StartsWith("PATH=", StringComparison.Ordinal)).Select(line => line["PATH=".Length..]).FirstOrDefault();
        return Find(trainer.Command[0], trainer.Workdir ?? "/", path ?? Environment.GetEnvironmentVariable("PATH") ?? "");
    }

    /// <summary>Full path of a program that the system has; null where it has not.</summary>
    public static string? Find(string program) => Find(program, "/", Environment.GetEnvironmentVariable("PATH") + ":/usr/bin:/bin");

    /// <summary>Whether a file may be run.</summary>
    public static bool IsExecutable(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Executable) != 0);

    private static string? Find(string program, string folder, string path)
    {
        if (program.Contains('/', StringComparison.Ordinal))
        {
            string file = Path.GetFullPath(program, folder);
            return File.Exists(file) ? file : null;
        }

        return path.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(place => Path.Combine(Path.GetFullPath(place, folder), program)).FirstOrDefault(IsExecutable);
    }
}
