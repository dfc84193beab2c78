using System.Net;
using StackExchange.Redis;

namespace Sweeper.Silo.Clustering;

/// <summary>Where the cluster's Redis is and how to get in.</summary>
/// <param name="Description">Its servers, without secrets.</param>
internal sealed record RedisAddress(string Description)
{
    private readonly ConfigurationOptions _options = new();

    private RedisAddress(ConfigurationOptions options)
        : this(string.Join(", ", options.EndPoints.Select(Words))) => _options = options;

    /// <summary>What is wrong with a connection string; null: nothing.</summary>
    public static string? ComplaintOf(string text)
    {
        string[] bad = [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Where(part => !IsReadable(part)).Select(part => part.Split('=')[0])]; // never a value: it may be a secret
        if (bad.Length > 0)
        {
            return $"it cannot be read at {string.Join(", ", bad)}; HOST:PORT[,password=…] is expected";
        }

        return ConfigurationOptions.Parse(text).EndPoints.Count == 0 ? "it names no server; HOST:PORT[,password=…] is expected" : null;
    }

    /// <summary>Reads a connection string without faults.</summary>
    /// <param name="text">Connection string.</param>
    /// <param name="password">Password that lies elsewhere; null: none does.</param>
    /// <param name="authority">File of the authority whose certificates are believed; empty: the machine's own.</param>
    public static RedisAddress Parse(string text, string? password = null, string authority = "")
    {
        var options = ConfigurationOptions.Parse(text);
        options.Password = password ?? options.Password;
        if (authority.Length > 0)
        {
            options.Ssl = true;
            options.TrustIssuer(authority);
        }

        return new RedisAddress(options);
    }

    /// <summary>How to connect: for as long as the silo runs, over whatever restarts of Redis.</summary>
    public ConfigurationOptions Patient()
    {
        ConfigurationOptions options = _options.Clone();
        options.AbortOnConnectFail = false;
        options.ReconnectRetryPolicy = new ExponentialRetry(250, 2000);
        options.ClientName = "sweeper";
        return options;
    }

    /// <summary>How to connect once, to see whether it can be reached.</summary>
    public ConfigurationOptions Impatient()
    {
        ConfigurationOptions options = _options.Clone();
        options.AbortOnConnectFail = true;
        options.AllowAdmin = true; // to read settings
        options.ConnectRetry = 1;
        options.ConnectTimeout = 3000;
        return options;
    }

    private static bool IsReadable(string part)
    {
        try
        {
            _ = ConfigurationOptions.Parse(part);
            return true;
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            return false;
        }
    }

    private static string Words(EndPoint server) => server switch
    {
        DnsEndPoint { Port: 0 } name => $"{name.Host}:6379",
        IPEndPoint { Port: 0 } address => new IPEndPoint(address.Address, 6379).ToString(),
        DnsEndPoint name => $"{name.Host}:{name.Port}",
        _ => server.ToString() ?? "",
    };
}
