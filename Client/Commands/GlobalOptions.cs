using System.CommandLine;
using System.Globalization;
using Sweeper.Client.Connecting;
using Sweeper.Contracts.Access;
using Sweeper.Contracts.Telemetry;

namespace Sweeper.Client.Commands;

/// <summary>Options of every command.</summary>
internal sealed class GlobalOptions
{
    /// <summary>Identity of a cluster that was set up without a name of its own.</summary>
    private const string DefaultClusterId = "sweeper";

    private const string PostgresVariable = "SWEEPER_POSTGRES";
    private const string PluginsVariable = "SWEEPER_PLUGINS";

    private readonly Option<string> _dataDirectory = new("--data-dir")
    {
        Description = $"Folder of store, logs, checkpoints and pictures. Default: ${DataDirectory.Variable}, else $XDG_DATA_HOME/sweeper, else ~/.local/share/sweeper.",
        HelpName = "DIR",
        Recursive = true,
    };

    private readonly Option<string> _cluster = new("--cluster")
    {
        Description = $"Gateway of a running cluster; several with commas. Default: ${ClusterAddress.Variable}, else a silo of its own.",
        HelpName = "HOST:PORT",
        Recursive = true,
    };

    private readonly Option<string> _clusterId = new("--cluster-id")
    {
        Description = $"Identity of that cluster. Default: $SWEEPER_CLUSTER_ID, else {DefaultClusterId}.",
        HelpName = "ID",
        Recursive = true,
    };

    private readonly Option<string> _tlsCertificate = Tls(
        TlsFiles.CertificateOption, "SWEEPER_TLS_CERTIFICATE", "Certificate (PEM) that this console shows a cluster; for a silo of its own, that its page shows.");

    private readonly Option<string> _tlsKey = Tls(TlsFiles.KeyOption, "SWEEPER_TLS_KEY", "Private key (PEM) of that certificate.");

    private readonly Option<string> _tlsAuthority = Tls(TlsFiles.AuthorityOption, "SWEEPER_TLS_CA", "Certificate (PEM) of the authority by which the console believes a cluster.");

    private readonly Option<string> _silo = new("--silo")
    {
        Description = $"Program of the silo of its own. Default: ${SiloExecutable.Variable}, else the one beside this program.",
        HelpName = "PATH",
        Recursive = true,
    };

    private readonly Option<int?> _slots = Recursive(OptionParsing.Positive("--slots", "Jobs that the silo of its own runs at once on each device. Default: on a CPU one for each core, four at most; on a GPU one."));

    private readonly Option<int?> _threads = Recursive(OptionParsing.Positive("--threads", "CPU threads of each job of the silo of its own. Default: the cores divided by the slots."));

    private readonly Option<string> _fused = OptionParsing.Fused("--fused");

    private readonly Option<double?> _memory = Recursive(OptionParsing.Size(
        "--memory", "GIB", "Memory in GiB that the jobs of the silo of its own may take together on a CPU: jobs that do not fit beside the others wait, and batch_size: largest looks for its batch within it. Default: nine tenths of what is free."));

    private readonly Option<string> _postgres = new("--postgres")
    {
        Description = $"Connection string of the PostgreSQL that the silo of its own stores in. Default: ${PostgresVariable}, else SQLite in the data directory.",
        HelpName = "CONNECTION",
        Recursive = true,
    };

    private readonly Option<string[]> _dataRoots = new("--data-root")
    {
        Description = "Folder below which a spec may name data, beside the data directory, for the silo of its own; may be given several times. Default: any folder.",
        HelpName = "DIR",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        Recursive = true,
    };

    private readonly Option<string[]> _plugins = new("--plugins")
    {
        Description = $"Folder whose plug-ins, with models of your own, the silo of its own may load; may be given several times. Default: ${PluginsVariable}, else none.",
        HelpName = "DIR",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        Recursive = true,
    };

    private readonly Option<double?> _pluginSeconds = Recursive(OptionParsing.Number(
        "--plugin-seconds", "Longest time that a process of the silo of its own takes to try a model of a plug-in, in seconds. Default: 60."));

    private readonly Option<string> _commands = new("--commands")
    {
        Description = "Commands of external trainers that the silo of its own runs: none, any, or absolute paths of programs and of folders of programs with colons between them. Default: any.",
        HelpName = "LIST",
        Recursive = true,
    };

    private readonly Option<string> _logLevel = new("--log-level")
    {
        Description = "Least level that the silo of its own logs: trace, debug, information, warning, error.",
        HelpName = "LEVEL",
        Recursive = true,
    };

    private readonly Option<bool> _jsonLogs = new("--json-logs")
    {
        Description = "The silo of its own logs JSON lines.",
        Recursive = true,
    };

    private readonly Option<string> _otlp = new("--otlp")
    {
        Description = "Where spans, measurements and logs of this command and of the silo of its own go, in OTLP: http://HOST:4317 (gRPC) or http://HOST:4318 (HTTP). Default: $OTEL_EXPORTER_OTLP_ENDPOINT, else nowhere.",
        HelpName = "ENDPOINT",
        Recursive = true,
    };

    private readonly Option<int?> _metrics = Recursive(OptionParsing.Positive("--metrics", "Port on loopback at which the silo of its own serves its measurements to Prometheus, below /metrics."));

    /// <summary>Creates them.</summary>
    public GlobalOptions() => _logLevel.AcceptOnlyFromAmong("trace", "debug", "information", "warning", "error");

    /// <summary>No colours.</summary>
    public Option<bool> NoColor { get; } = new("--no-color")
    {
        Description = "No colours; $NO_COLOR does the same.",
        Recursive = true,
    };

    /// <summary>Every one of them.</summary>
    public IEnumerable<Option> All =>
        [_dataDirectory, _cluster, _clusterId, _tlsCertificate, _tlsKey, _tlsAuthority, _silo, _slots, _threads, _fused, _memory, _postgres, _dataRoots, _plugins, _pluginSeconds, _commands, _logLevel, _jsonLogs, _otlp, _metrics, NoColor];

    /// <summary>Where the pictures lie, and the silo's data where it is a silo of its own.</summary>
    public DataDirectory Data(ParseResult parse) =>
        DataDirectory.Resolve(parse.GetValue(_dataDirectory), Environment.GetEnvironmentVariable);

    /// <summary>Where telemetry goes; null: where the environment says.</summary>
    /// <exception cref="CliException">It is no endpoint.</exception>
    public string? Otlp(ParseResult parse) =>
        OtlpEndpoint.ComplaintOf(parse.GetValue(_otlp)) is { } complaint
            ? throw new CliException(ExitCode.BadInput, $"--otlp: {complaint}.")
            : parse.GetValue(_otlp);

    /// <summary>Where to connect.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="keep">Whether a silo that is started outlives the console.</param>
    /// <exception cref="CliException">An option cannot be used.</exception>
    public ConnectionOptions Connection(ParseResult parse, bool keep)
    {
        _ = Otlp(parse); // said here, before anything is started
        string? cluster = OptionOrVariable(parse, _cluster, ClusterAddress.Variable);
        string clusterId = OptionOrVariable(parse, _clusterId, "SWEEPER_CLUSTER_ID") ?? DefaultClusterId;
        List<string> passThrough = [];
        foreach (Option option in (Option[])[_slots, _threads, _fused, _memory, _pluginSeconds, _commands, _logLevel, _otlp])
        {
            if (parse.GetResult(option) is { Implicit: false } given)
            {
                passThrough.Add(option.Name);
                passThrough.Add(given.Tokens[^1].Value);
            }
        }

        foreach (string root in parse.GetValue(_dataRoots) ?? [])
        {
            passThrough.AddRange([_dataRoots.Name, Path.GetFullPath(root)]);
        }

        foreach (string folder in Plugins(parse))
        {
            passThrough.AddRange([_plugins.Name, Path.GetFullPath(folder)]);
        }

        if (parse.GetValue(_metrics) is { } port)
        {
            passThrough.AddRange(["--http-port", port.ToString(CultureInfo.InvariantCulture), "--metrics", "true"]);
        }

        if (parse.GetValue(_jsonLogs))
        {
            passThrough.Add(_jsonLogs.Name);
            passThrough.Add("true");
        }

        var tls = new TlsFiles(Given(_tlsCertificate, "SWEEPER_TLS_CERTIFICATE"), Given(_tlsKey, "SWEEPER_TLS_KEY"), Given(_tlsAuthority, "SWEEPER_TLS_CA"));
        if (cluster is null)
        {
            foreach (Option<string> option in new[] { _tlsCertificate, _tlsKey, _tlsAuthority }.Where(option => parse.GetResult(option) is { Implicit: false }))
            {
                passThrough.AddRange([option.Name, Path.GetFullPath(parse.GetValue(option)!)]); // given
            }
        }

        return new ConnectionOptions(
            Data(parse),
            cluster is null ? null : ClusterAddress.Parse(cluster),
            clusterId,
            new SiloStart(
                OptionOrVariable(parse, _silo, SiloExecutable.Variable),
                keep,
                passThrough,
                OptionOrVariable(parse, _postgres, PostgresVariable)),
            tls);

        string Given(Option<string> option, string variable) => OptionOrVariable(parse, option, variable) ?? "";
    }

    private static Option<string> Tls(string name, string variable, string description) => new(name)
    {
        Description = $"{description} Default: ${variable}.",
        HelpName = "FILE",
        Recursive = true,
    };

    private string[] Plugins(ParseResult parse) => parse.GetValue(_plugins) is { Length: > 0 } given ? given
        : Environment.GetEnvironmentVariable(PluginsVariable) is { Length: > 0 } folders ? folders.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        : [];

    // An empty text counts as not given: that is how scripts switch a variable off.
    private static string? OptionOrVariable(ParseResult parse, Option<string> option, string variable)
    {
        string? given = parse.GetValue(option);
        given = string.IsNullOrWhiteSpace(given) ? Environment.GetEnvironmentVariable(variable) : given;
        return string.IsNullOrWhiteSpace(given) ? null : given;
    }

    private static Option<T> Recursive<T>(Option<T> option)
    {
        option.Recursive = true;
        return option;
    }
}
