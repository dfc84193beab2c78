namespace Sweeper.Silo.Security;

/// <summary>Passwords that lie in files, as secrets are mounted: they stand in no argument and no variable.</summary>
internal static class Secrets
{
    private const int MostBytes = 4096;

    /// <summary>Reads them into the connection strings.</summary>
    /// <returns>Every complaint.</returns>
    public static IEnumerable<string> Fill(SiloOptions options)
    {
        if (options.RedisPasswordFile.Length > 0)
        {
            if (options.Redis.Length == 0)
            {
                yield return "--redis-password-file: there is no --redis that it belongs to.";
            }
            else if (options.Redis.Split(',').Any(part => part.TrimStart().StartsWith("password=", StringComparison.OrdinalIgnoreCase)))
            {
                yield return "--redis holds a password, and --redis-password-file names another; keep one of them.";
            }
            else if (Read("--redis-password-file", options.RedisPasswordFile, out string password) is { } complaint)
            {
                yield return complaint;
            }
            else
            {
                options.RedisPassword = password;
            }
        }

        if (options.RedisAuthority.Length > 0 && !File.Exists(options.RedisAuthority))
        {
            yield return $"--redis-ca {options.RedisAuthority}: there is no such file.";
        }

        if (options.PostgresPasswordFile.Length > 0)
        {
            if (options.Postgres.Length == 0)
            {
                yield return "--postgres-password-file: there is no --postgres that it belongs to.";
            }
            else if (Read("--postgres-password-file", options.PostgresPasswordFile, out string password) is { } complaint)
            {
                yield return complaint;
            }
            else
            {
                options.PostgresPassword = password;
            }
        }
    }

    private static string? Read(string option, string file, out string password)
    {
        password = "";
        try
        {
            if (new FileInfo(file).Length > MostBytes)
            {
                return $"{option} {file}: it is larger than {MostBytes} bytes; a password is expected, and nothing else.";
            }

            password = File.ReadAllText(file).TrimEnd('\r', '\n');
            return password.Length == 0 ? $"{option} {file}: it is empty." : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return $"{option} {file}: there is no such file.";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{option} {file}: it cannot be read ({error.Message}).";
        }
    }
}
