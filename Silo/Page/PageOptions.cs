using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text.RegularExpressions;

namespace Sweeper.Silo.Page;

/// <summary>How the live page is served.</summary>
public sealed partial class PageOptions
{
    /// <summary>Where a link holds the identity of its trace.</summary>
    public const string TracePlace = "{trace}";

    /// <summary>Requests a second where nothing is said.</summary>
    public const int DefaultRate = 100;

    private const int MostRate = 100_000;

    /// <summary>Whether it is served at all.</summary>
    public bool Serve { get; set; } = true;

    /// <summary>Its port; 0: any free one.</summary>
    public int Port { get; set; }

    /// <summary>Path that it lies below, also behind a proxy; <c>/</c>: none.</summary>
    public string Prefix { get; set; } = "/sweeper";

    /// <summary>Names by which it is asked for beside <c>localhost</c>, with commas: those of a proxy before it.</summary>
    public string Hosts { get; set; } = "";

    /// <summary>Address that it listens on; empty: loopback only.</summary>
    public string Open { get; set; } = "";

    /// <summary>Requests a second that an address may make; ten times as many at once.</summary>
    public int Rate { get; set; } = DefaultRate;

    /// <summary>Where a trace can be seen, with <c>{trace}</c> in place of its identity; empty: nowhere.</summary>
    public string TraceLink { get; set; } = "";

    /// <summary>Whether Orleans' own dashboard is served beside it.</summary>
    public bool Dashboard { get; set; }

    /// <summary>Prefix without a slash at its end; empty: none.</summary>
    internal string Base => Prefix.TrimEnd('/');

    /// <summary>Names by which it may be asked for.</summary>
    internal IEnumerable<string> HostNames => Hosts.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Says what is wrong with the options, all at once.</summary>
    public static ValidationResult? Check(PageOptions page)
    {
        ArgumentNullException.ThrowIfNull(page);
        string[] problems = [.. page.Problems()];
        return problems.Length == 0 ? ValidationResult.Success : new ValidationResult(string.Join(" ", problems));
    }

    /// <summary>Where a trace can be seen; null where that was not said, or where there is no trace.</summary>
    internal string? LinkTo(string? trace) =>
        trace is null || TraceLink.Length == 0 ? null : TraceLink.Replace(TracePlace, trace, StringComparison.Ordinal);

    private IEnumerable<string> Problems()
    {
        if (Port is < 0 or > 65535)
        {
            yield return $"--page-port must be 0 to 65535, not {Port}.";
        }

        if (Rate is < 1 or > MostRate)
        {
            yield return $"--page-rate must be 1 to {MostRate} requests a second, not {Rate}.";
        }

        if (!PrefixPattern().IsMatch(Prefix))
        {
            yield return $"--page-prefix must be a path such as /sweeper, or /, not '{Prefix}'.";
        }

        foreach (string host in HostNames.Where(host => Uri.CheckHostName(host) == UriHostNameType.Unknown))
        {
            yield return $"--page-hosts: '{host}' is no host's name; names are given without port, such as sweeper.example.org.";
        }

        if (Open.Length > 0 && !IPAddress.TryParse(Open, out _))
        {
            yield return $"--page-open must be an address of this machine, such as 0.0.0.0, not '{Open}'.";
        }

        if (TraceLink.Length > 0 && (!TraceLink.Contains(TracePlace, StringComparison.Ordinal)
            || !Uri.TryCreate(TraceLink.Replace(TracePlace, "0", StringComparison.Ordinal), UriKind.Absolute, out Uri? link)
            || (link.Scheme != Uri.UriSchemeHttp && link.Scheme != Uri.UriSchemeHttps)))
        {
            yield return $"--trace-link must be an http or https address that holds {TracePlace}, such as http://localhost:16686/trace/{TracePlace}, not '{TraceLink}'.";
        }
    }

    [GeneratedRegex("^(/|(/[A-Za-z0-9._~-]+)+/?)$")]
    private static partial Regex PrefixPattern();
}
