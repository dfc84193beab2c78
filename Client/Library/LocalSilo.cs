using System.Globalization;

namespace Sweeper.Client;

/// <summary>How a silo of one's own is started on this machine. Ignored where one already serves the folder.</summary>
/// <param name="DataDirectory">Folder of store, logs and checkpoints; null: <c>SWEEPER_HOME</c>, or the user's own.</param>
/// <param name="Program">Program of the silo; null: <c>SWEEPER_SILO</c>, or <c>silo/Sweeper.Silo</c> beside this program.</param>
/// <param name="Slots">Jobs at once on each device; null: as the silo finds good.</param>
/// <param name="Threads">CPU threads of each job; null: as the silo finds good.</param>
/// <param name="Commands">Commands of external trainers that it runs: <c>any</c>, <c>none</c>, or paths with colons between them.</param>
public sealed record LocalSilo(string? DataDirectory = null, string? Program = null, int? Slots = null, int? Threads = null, string Commands = "any")
{
    internal IEnumerable<string> Arguments() =>
    [
        "--commands", Commands,
        .. Slots is { } slots ? ["--slots", slots.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
        .. Threads is { } threads ? ["--threads", threads.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
    ];
}
