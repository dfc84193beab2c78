using Npgsql;
using Sweeper.Contracts.Errors;

namespace Sweeper.Grains.Store.PostgreSql;

/// <summary>Where a PostgreSQL database is and how to get in.</summary>
/// <param name="Server">Host and port, for a person.</param>
/// <param name="Database">Database.</param>
/// <param name="User">User.</param>
/// <param name="ConnectionString">Everything, the password included: never to be shown.</param>
internal sealed record PostgreSqlAddress(string Server, string Database, string User, string ConnectionString)
{
    /// <summary>Statements that a connection keeps prepared where the connection string does not say: all that the store has.</summary>
    private const int PreparedStatements = 32;

    private static readonly string[] Schemes = ["postgres://", "postgresql://"];

    /// <summary>Database, server and user, for a person.</summary>
    public string Description => $"PostgreSQL database '{Database}' at {Server} (user '{User}')";

    /// <summary>Reads a connection string in either form.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read. It is not shown: a part of it may be the password.</exception>
    public static PostgreSqlAddress Parse(string text)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = Array.Exists(Schemes, scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                ? FromUri(new Uri(text))
                : new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw Unreadable();
        }

        if (string.IsNullOrWhiteSpace(builder.Host))
        {
            throw Unreadable();
        }

        builder.ApplicationName ??= "sweeper";
        if (!builder.ShouldSerialize("Max Auto Prepare"))
        {
            builder.MaxAutoPrepare = PreparedStatements; // Planning the wide inserts costs more than running them.
        }

        string user = builder.Username ?? Environment.UserName;
        return new PostgreSqlAddress(
            builder.Host.StartsWith('/') ? $"socket {builder.Host}" : $"{builder.Host}:{builder.Port}", builder.Database ?? user, user, builder.ToString());
    }

    /// <summary>Without secrets, unlike what a record would print.</summary>
    public override string ToString() => Description;

    private static NpgsqlConnectionStringBuilder FromUri(Uri uri)
    {
        string[] login = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder { Host = uri.Host };
        if (uri.Port > 0)
        {
            builder.Port = uri.Port;
        }

        if (uri.AbsolutePath.Trim('/') is { Length: > 0 } database)
        {
            builder.Database = Uri.UnescapeDataString(database);
        }

        if (login[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(login[0]);
        }

        if (login.Length == 2)
        {
            builder.Password = Uri.UnescapeDataString(login[1]);
        }

        foreach (string[] setting in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)))
        {
            builder[Keyword(setting[0])] = setting.Length == 2 ? Uri.UnescapeDataString(setting[1]) : throw new FormatException();
        }

        return builder;
    }

    /// <summary>Npgsql's word for a setting that libpq writes in one word.</summary>
    private static string Keyword(string libpq) => libpq switch
    {
        "sslmode" => "SSL Mode",
        "sslrootcert" => "Root Certificate",
        "sslcert" => "SSL Certificate",
        "sslkey" => "SSL Key",
        "connect_timeout" => "Timeout",
        "application_name" => "Application Name",
        "options" => "Options",
        _ => Uri.UnescapeDataString(libpq),
    };

    private static StoreUnavailableException Unreadable() => new(
        "The PostgreSQL connection string cannot be read (it is not shown here: it may hold a password). "
        + "Write Host=…;Port=5432;Database=…;Username=…;Password=… or postgresql://user:password@host:5432/database.");
}
