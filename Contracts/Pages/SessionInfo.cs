using Sweeper.Contracts.Access;

namespace Sweeper.Contracts.Pages;

/// <summary>What a signed-in page knows of its silo.</summary>
/// <param name="User">Who is signed in.</param>
/// <param name="Role">What the user may do.</param>
/// <param name="Version">Version of the silo.</param>
/// <param name="Node">Name of its node.</param>
/// <param name="DataDirectory">Its data folder.</param>
/// <param name="ConsoleOptions">What a console command needs to reach the same silo, as a shell takes it.</param>
/// <param name="TraceLinks">Whether answers hold links to traces.</param>
/// <param name="OrleansDashboard">Where Orleans' own dashboard is, relative to the page; null where it is not served.</param>
public sealed record SessionInfo(
    string User, AccessRole Role, string Version, string Node, string DataDirectory, string ConsoleOptions, bool TraceLinks, string? OrleansDashboard);
