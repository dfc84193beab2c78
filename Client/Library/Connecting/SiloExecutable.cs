using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Sweeper.Client.Connecting;

/// <summary>How the silo's program is started.</summary>
/// <param name="File">Program.</param>
/// <param name="Arguments">Arguments before the silo's own.</param>
internal sealed record SiloExecutable(string File, ImmutableArray<string> Arguments)
{
    /// <summary>Environment variable that names the program.</summary>
    public const string Variable = "SWEEPER_SILO";

    /// <summary>
    /// The named one; else <c>silo/</c> beside the client (as published); else the silo's build output beside the client's.
    /// </summary>
    /// <param name="named">Path from the option or the environment; null where neither was given.</param>
    /// <param name="baseDirectory">Folder of the client's own program.</param>
    /// <exception cref="CliException">There is none.</exception>
    public static SiloExecutable Find(string? named, string baseDirectory)
    {
        if (named is not null)
        {
            return Of(Path.GetFullPath(named)) ?? throw new CliException(
                ExitCode.BadInput, $"There is no silo at {named} (from --silo or {Variable}).");
        }

        // artifacts/bin/Client/release -> artifacts/bin/Silo/release
        string build = Path.TrimEndingDirectorySeparator(baseDirectory);
        ImmutableArray<string> places =
        [
            Path.Combine(baseDirectory, "silo", "Sweeper.Silo"),
            Path.Combine(baseDirectory, "silo", "Sweeper.Silo.dll"),
            Path.GetFullPath(Path.Combine(build, "..", "..", "Silo", Path.GetFileName(build), "Sweeper.Silo.dll")),
        ];
        return places.Select(Of).FirstOrDefault(found => found is not null) ?? throw new CliException(
            ExitCode.Unreachable,
            $"The silo's program was not found. Name it with --silo or {Variable}; searched:"
            + string.Concat(places.Select(place => $"{Environment.NewLine}  {place}")));
    }

    private static SiloExecutable? Of(string path)
    {
        if (!System.IO.File.Exists(path))
        {
            return null;
        }

        return Path.GetExtension(path) == ".dll" ? new SiloExecutable(DotnetHost(), [path]) : new SiloExecutable(path, []);
    }

    // The host beside the runtime that runs this console; else whichever is on the path.
    private static string DotnetHost()
    {
        string runtime = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());
        string host = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "dotnet"));
        return System.IO.File.Exists(host) ? host : "dotnet";
    }
}
