using System.ComponentModel.DataAnnotations;
using Sweeper.Contracts.Access;
using Sweeper.Contracts.Telemetry;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Workers.External;
using Sweeper.Silo.Page;
using Sweeper.Training.Data;
using Sweeper.Training.OwnModels;

namespace Sweeper.Silo;

/// <summary>How this silo is deployed. What to run is never here: that is the spec's.</summary>
public sealed class SiloOptions
{
    /// <summary>Section of the configuration, and prefix of the environment variables (<c>Sweeper__Slots</c>).</summary>
    public const string SectionName = "Sweeper";

    /// <summary>Folder of the store, the checkpoints, the data sets and the logs.</summary>
    [Required]
    public string DataDirectory { get; set; } = "";

    /// <summary>Name of this node, the same after every restart.</summary>
    [Required, RegularExpression("^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$", ErrorMessage = "Node must be letters, digits, '.', '_' or '-', at most 63.")]
    public string Node { get; set; } = "local";

    /// <summary>Port for other silos on loopback; 0: any free one.</summary>
    [Range(0, 65535)]
    public int SiloPort { get; set; }

    /// <summary>Port for clients on loopback; 0: any free one.</summary>
    [Range(0, 65535)]
    public int GatewayPort { get; set; }

    /// <summary>Port for health, measurements and leash on loopback; 0: any free one.</summary>
    [Range(0, 65535)]
    public int HttpPort { get; set; }

    /// <summary>Whether the silo ends when no console holds its leash any more.</summary>
    public bool Leash { get; set; }

    /// <summary>Whether the silo before this one crashed by itself, as the console that starts it has seen.</summary>
    public bool AfterCrash { get; set; }

    /// <summary>Jobs that each device runs at once; 0: one on a GPU, on the CPU up to four that share the cores.</summary>
    [Range(0, 64)]
    public int Slots { get; set; }

    /// <summary>Threads of each CPU slot; 0: all cores divided by the slots.</summary>
    [Range(0, 1024)]
    public int Threads { get; set; }

    /// <summary>Trials that differ in numbers only and that each slot trains as one network: a number, <c>off</c>, or <c>auto</c> to measure; empty: auto on a GPU, off on a CPU.</summary>
    [CustomValidation(typeof(SiloOptions), nameof(CheckFused))]
    public string Fused { get; set; } = "";

    /// <summary>Memory in GiB that the jobs of a CPU may take together, for jobs beside each other and for the largest batch; 0: nine tenths of what is free.</summary>
    [Range(0, 1e6)]
    public double Memory { get; set; }

    /// <summary>File of what each user may hold at once; empty: no limits.</summary>
    public string Quotas { get; set; } = "";

    /// <summary>Folders below which a spec may name data, beside the data folder; with none, a silo that is a cluster by itself lets a spec name any.</summary>
    public IReadOnlyList<string> DataRoots { get; set; } = [];

    /// <summary>Folders whose plug-ins, with models of users' own, may be loaded; with none, no plug-in is.</summary>
    public IReadOnlyList<string> Plugins { get; set; } = [];

    /// <summary>Longest time in seconds that a process takes to try a model of a user's own.</summary>
    [Range(1, 3600)]
    public double PluginSeconds { get; set; } = DryRunProcess.UsualLimit.TotalSeconds;

    /// <summary>
    /// Commands of external trainers that are run: <c>none</c>, <c>any</c>, or absolute paths of programs and of folders of programs,
    /// apart by colons.
    /// </summary>
    [CustomValidation(typeof(SiloOptions), nameof(CheckCommands))]
    public string Commands { get; set; } = "none";

    /// <summary>Connection string of a PostgreSQL store; empty: SQLite in the data folder.</summary>
    public string Postgres { get; set; } = "";

    /// <summary>Redis that holds the list of the cluster's silos, <c>HOST:PORT[,password=…]</c>; empty: this silo is a cluster by itself.</summary>
    public string Redis { get; set; } = "";

    /// <summary>File that holds the password of PostgreSQL; empty: the connection string does.</summary>
    public string PostgresPasswordFile { get; set; } = "";

    /// <summary>File that holds the password of Redis; empty: the connection string does.</summary>
    public string RedisPasswordFile { get; set; } = "";

    /// <summary>File of the authority, in PEM form, whose certificates Redis may show; empty: the machine's own.</summary>
    public string RedisAuthority { get; set; } = "";

    /// <summary>File of the certificate, in PEM form, that the page, and with <see cref="TlsAuthority"/> the silo, shows; empty: no TLS.</summary>
    public string TlsCertificate { get; set; } = "";

    /// <summary>File of its private key, in PEM form.</summary>
    public string TlsKey { get; set; } = "";

    /// <summary>File of the authority whose certificates silos and consoles of a cluster show each other; empty: no TLS among them.</summary>
    public string TlsAuthority { get; set; } = "";

    /// <summary>Name of the cluster, the same for all of its silos; empty: <see cref="Clustering.ClusterSettings.DefaultId"/>.</summary>
    public string ClusterId { get; set; } = "";

    /// <summary>Address at which the other silos and the consoles of a cluster reach this silo; empty: <see cref="Listen"/>.</summary>
    public string Advertise { get; set; } = "";

    /// <summary>Address that a silo of a cluster listens at; empty: <see cref="Advertise"/>, or loopback where that is empty too.</summary>
    public string Listen { get; set; } = "";

    /// <summary>Folder of checkpoints, the same for all silos of a cluster; empty: in the data folder.</summary>
    public string Checkpoints { get; set; } = "";

    /// <summary>Shortest time between two checkpoints of a trial, in seconds; what is lost with a machine is at most about so much.</summary>
    [Range(0.01, 86400)]
    public double CheckpointSeconds { get; set; } = 30;

    /// <summary>Whether open sweeps go on by themselves when the silo starts; in a cluster they always do.</summary>
    public bool ResumeOpenSweeps { get; set; }

    /// <summary>Least level of log lines.</summary>
    [EnumDataType(typeof(LogLevel))]
    public LogLevel LogLevel { get; set; } = LogLevel.Information;

    /// <summary>Where spans, measurements and logs go, in OTLP; empty: where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says, or nowhere.</summary>
    [CustomValidation(typeof(SiloOptions), nameof(CheckOtlp))]
    public string Otlp { get; set; } = "";

    /// <summary>Whether Prometheus finds measurements at <c>/metrics</c> of the HTTP port.</summary>
    public bool Metrics { get; set; }

    /// <summary>Share of the trials whose spans are kept; those that failed always are.</summary>
    [Range(0.0, 1.0)]
    public double TraceShare { get; set; } = 1;

    /// <summary>Whether log lines are JSON objects.</summary>
    public bool JsonLogs { get; set; }

    /// <summary>How the live page is served.</summary>
    [CustomValidation(typeof(PageOptions), nameof(PageOptions.Check))]
    public PageOptions Page { get; set; } = new();

    /// <summary>What <see cref="PostgresPasswordFile"/> holds.</summary>
    internal string? PostgresPassword { get; set; }

    /// <summary>What <see cref="RedisPasswordFile"/> holds.</summary>
    internal string? RedisPassword { get; set; }

    /// <summary>What the TLS files hold; null where none are named.</summary>
    internal TlsIdentity? Tls { get; set; }

    /// <summary>What is worth a warning about the options.</summary>
    internal IReadOnlyList<string> Warnings { get; set; } = [];

    /// <summary>
    /// Folders below which a spec may name data; null: anywhere. A silo that is a cluster by itself runs as the user whose specs it
    /// reads, who may read those files anyhow; on a cluster others may submit.
    /// </summary>
    internal PermittedFolders? PermittedData => Redis.Length > 0 || DataRoots.Count > 0 ? DataLocations.NamedFolders(DataDirectory, DataRoots) : null;

    /// <summary>Says what is wrong with a setting of fused trials.</summary>
    public static ValidationResult? CheckFused(string fused) =>
        FusedSetting.Read(fused) is null ? new ValidationResult($"Fused must be {FusedSetting.Allowed}, not '{fused}'.") : ValidationResult.Success;

    /// <summary>Says what is wrong with a list of commands.</summary>
    public static ValidationResult? CheckCommands(string commands) => PermittedCommands.Read(commands) is null
        ? new ValidationResult($"Commands: '{commands}' is neither none, any, nor absolute paths of programs or folders with colons between them.")
        : ValidationResult.Success;

    /// <summary>Says what is wrong with an OTLP endpoint.</summary>
    public static ValidationResult? CheckOtlp(string otlp) =>
        OtlpEndpoint.ComplaintOf(otlp) is { } complaint ? new ValidationResult($"Otlp: {complaint}.") : ValidationResult.Success;
}
