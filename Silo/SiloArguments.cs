using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Sweeper.Contracts.Access;
using Sweeper.Silo.Clustering;
using Sweeper.Silo.Page;
using Sweeper.Silo.Security;

namespace Sweeper.Silo;

/// <summary>Options from the command line, then the environment.</summary>
internal static class SiloArguments
{
    private static readonly Dictionary<string, string> Switches = new()
    {
        ["--data-dir"] = Key(nameof(SiloOptions.DataDirectory)),
        ["--node"] = Key(nameof(SiloOptions.Node)),
        ["--silo-port"] = Key(nameof(SiloOptions.SiloPort)),
        ["--gateway-port"] = Key(nameof(SiloOptions.GatewayPort)),
        ["--http-port"] = Key(nameof(SiloOptions.HttpPort)),
        ["--leash"] = Key(nameof(SiloOptions.Leash)),
        ["--slots"] = Key(nameof(SiloOptions.Slots)),
        ["--threads"] = Key(nameof(SiloOptions.Threads)),
        ["--fused"] = Key(nameof(SiloOptions.Fused)),
        ["--memory"] = Key(nameof(SiloOptions.Memory)),
        ["--quotas"] = Key(nameof(SiloOptions.Quotas)),
        ["--plugin-seconds"] = Key(nameof(SiloOptions.PluginSeconds)),
        ["--commands"] = Key(nameof(SiloOptions.Commands)),
        ["--postgres"] = Key(nameof(SiloOptions.Postgres)),
        ["--redis"] = Key(nameof(SiloOptions.Redis)),
        ["--postgres-password-file"] = Key(nameof(SiloOptions.PostgresPasswordFile)),
        ["--redis-password-file"] = Key(nameof(SiloOptions.RedisPasswordFile)),
        ["--redis-ca"] = Key(nameof(SiloOptions.RedisAuthority)),
        [TlsFiles.CertificateOption] = Key(nameof(SiloOptions.TlsCertificate)),
        [TlsFiles.KeyOption] = Key(nameof(SiloOptions.TlsKey)),
        [TlsFiles.AuthorityOption] = Key(nameof(SiloOptions.TlsAuthority)),
        ["--cluster-id"] = Key(nameof(SiloOptions.ClusterId)),
        ["--advertise"] = Key(nameof(SiloOptions.Advertise)),
        ["--listen"] = Key(nameof(SiloOptions.Listen)),
        ["--checkpoints"] = Key(nameof(SiloOptions.Checkpoints)),
        ["--checkpoint-seconds"] = Key(nameof(SiloOptions.CheckpointSeconds)),
        ["--resume-open-sweeps"] = Key(nameof(SiloOptions.ResumeOpenSweeps)),
        ["--log-level"] = Key(nameof(SiloOptions.LogLevel)),
        ["--otlp"] = Key(nameof(SiloOptions.Otlp)),
        ["--metrics"] = Key(nameof(SiloOptions.Metrics)),
        ["--trace-share"] = Key(nameof(SiloOptions.TraceShare)),
        ["--json-logs"] = Key(nameof(SiloOptions.JsonLogs)),
        ["--page"] = PageKey(nameof(PageOptions.Serve)),
        ["--page-port"] = PageKey(nameof(PageOptions.Port)),
        ["--page-prefix"] = PageKey(nameof(PageOptions.Prefix)),
        ["--page-hosts"] = PageKey(nameof(PageOptions.Hosts)),
        ["--page-rate"] = PageKey(nameof(PageOptions.Rate)),
        ["--page-open"] = PageKey(nameof(PageOptions.Open)),
        ["--trace-link"] = PageKey(nameof(PageOptions.TraceLink)),
        ["--orleans-dashboard"] = PageKey(nameof(PageOptions.Dashboard)),
    };

    /// <summary>Options that may be given several times, with the list that each fills.</summary>
    private static readonly (string Option, string List)[] Lists = [("--data-root", nameof(SiloOptions.DataRoots)), ("--plugins", nameof(SiloOptions.Plugins))];

    /// <summary>Reads and validates.</summary>
    /// <exception cref="SiloStartException">Something is unknown or out of range; the message lists everything.</exception>
    public static SiloOptions Read(string[] args)
    {
        string[] unknown = [.. args.Where(arg => arg.StartsWith("--", StringComparison.Ordinal) && arg.Split('=')[0] is var name && !Array.Exists(Lists, list => list.Option == name) && !Switches.ContainsKey(name))];
        if (unknown.Length > 0)
        {
            throw new SiloStartException(
                SiloExit.BadOptions,
                $"unknown option {string.Join(", ", unknown)}; known are {string.Join(", ", Switches.Keys.Concat(Lists.Select(list => list.Option)))}.");
        }

        SiloOptions options = Bind(args);
        var problems = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true);
        string[] complaints = [.. problems.Select(problem => problem.ErrorMessage ?? $"{string.Join(", ", problem.MemberNames)} cannot be used."), .. ClusterChecks.Of(options), .. RootComplaints(options), .. Secrets.Fill(options), .. TlsComplaints(options)];
        if (complaints.Length > 0)
        {
            throw new SiloStartException(SiloExit.BadOptions, string.Join(" ", complaints));
        }

        return options;
    }

    private static SiloOptions Bind(string[] args)
    {
        var options = new SiloOptions();
        try
        {
            new ConfigurationBuilder()
                .AddEnvironmentVariables()
                .AddCommandLine(Numbered(args), Switches)
                .Build()
                .GetSection(SiloOptions.SectionName)
                .Bind(options);
            return options;
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException)
        {
            throw new SiloStartException(SiloExit.BadOptions, error.InnerException?.Message is { } inner ? $"{error.Message} {inner}" : error.Message);
        }
    }

    /// <summary>Arguments with each option of a list as an item of it: a configuration knows no option that is given twice.</summary>
    private static string[] Numbered(string[] args)
    {
        int[] numbers = new int[Lists.Length];
        return [.. args.Select(arg => Array.FindIndex(Lists, list => arg == list.Option || arg.StartsWith(list.Option + "=", StringComparison.Ordinal)) is >= 0 and var at
            ? $"--{Key(Lists[at].List)}:{numbers[at]++}{arg[Lists[at].Option.Length..]}"
            : arg)];
    }

    private static ImmutableArray<string> TlsComplaints(SiloOptions options)
    {
        (options.Tls, ImmutableArray<string> problems, options.Warnings) =
            new TlsFiles(options.TlsCertificate, options.TlsKey, options.TlsAuthority).Read(TimeProvider.System.GetUtcNow());
        return options.TlsAuthority.Length > 0 && options.Redis.Length == 0
            ? problems.Add($"{TlsFiles.AuthorityOption}: only silos of a cluster have that; name the cluster's Redis with --redis HOST:PORT.")
            : problems;
    }

    private static IEnumerable<string> RootComplaints(SiloOptions options) => options.DataRoots.Select(folder => ("--data-root", folder))
        .Concat(options.Plugins.Select(folder => ("--plugins", folder)))
        .Where(given => !Path.IsPathFullyQualified(given.folder) || !Directory.Exists(given.folder))
        .Select(given => $"{given.Item1} {given.folder}: {(Path.IsPathFullyQualified(given.folder) ? "there is no such folder" : "an absolute path is expected")}.");

    private static string PageKey(string property) => Key($"{nameof(SiloOptions.Page)}:{property}");

    private static string Key(string property) => $"{SiloOptions.SectionName}:{property}";
}
