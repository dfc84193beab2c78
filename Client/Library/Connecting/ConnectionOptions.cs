using Sweeper.Contracts.Access;

namespace Sweeper.Client.Connecting;

/// <summary>Where a command connects to, and how it starts a silo where none runs.</summary>
/// <param name="Data">Folder of the embedded silo and of the pictures.</param>
/// <param name="Cluster">Running cluster; null: embedded.</param>
/// <param name="ClusterId">Identity of the running cluster; ignored where embedded.</param>
/// <param name="Silo">How an embedded silo is started.</param>
/// <param name="Tls">What the console shows a running cluster, and whom it believes; ignored where embedded.</param>
internal sealed record ConnectionOptions(DataDirectory Data, ClusterAddress? Cluster, string ClusterId, SiloStart Silo, TlsFiles Tls);

/// <summary>How an embedded silo is started. Ignored where one already runs on the data directory.</summary>
/// <param name="Executable">Path given by the user; null: searched for.</param>
/// <param name="Keep">Whether it outlives the console.</param>
/// <param name="PassThrough">Arguments that are the silo's own business, such as <c>--slots 2</c>.</param>
/// <param name="Postgres">Connection string of its store; null: SQLite in the data directory.</param>
/// <param name="AfterCrash">Whether the silo before it crashed, by itself: it then looks for the job that did it.</param>
internal sealed record SiloStart(string? Executable, bool Keep, IReadOnlyList<string> PassThrough, string? Postgres = null, bool AfterCrash = false);
