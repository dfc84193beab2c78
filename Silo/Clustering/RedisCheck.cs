using System.Diagnostics;
using StackExchange.Redis;

namespace Sweeper.Silo.Clustering;

/// <summary>Looks at the cluster's Redis before the silo starts.</summary>
internal static partial class RedisCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Connects once; warns where Redis would forget the cluster in a restart.</summary>
    /// <exception cref="SiloStartException">It cannot be reached, or refuses.</exception>
    public static async Task RunAsync(RedisAddress redis, ILogger logger)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(redis.Impatient());
                await connection.GetDatabase().PingAsync();
                await WarnIfForgetfulAsync(connection, logger);
                return;
            }
            catch (Exception error) when (error is RedisException or RedisTimeoutException)
            {
                bool refused = error.Message.Contains("NOAUTH", StringComparison.Ordinal) || error.Message.Contains("WRONGPASS", StringComparison.Ordinal);
                if (refused || Stopwatch.GetElapsedTime(start) > Patience)
                {
                    throw new SiloStartException(
                        SiloExit.BadOptions,
                        refused
                            ? $"Redis at {redis.Description} refuses the password, or wants one: --redis HOST:PORT,password=…"
                            : $"Redis at {redis.Description} cannot be reached. Check that it runs, and that host, port and password are right. ({error.Message.Split('\n')[0]})");
                }
            }

            await Task.Delay(Pause);
        }
    }

    private static async Task WarnIfForgetfulAsync(ConnectionMultiplexer connection, ILogger logger)
    {
        try
        {
            IServer server = connection.GetServers()[0];
            if (await ValueAsync(server, "appendonly") == "no" && await ValueAsync(server, "save") == "")
            {
                LogForgetful(logger);
            }
        }
        catch (Exception error) when (error is RedisException or RedisCommandException)
        {
            // A server that does not let its settings be read, as managed ones do: nothing to warn of.
        }
    }

    private static async Task<string?> ValueAsync(IServer server, string setting) =>
        (await server.ConfigGetAsync(setting)).Select(pair => pair.Value).FirstOrDefault();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis keeps nothing on disk: when it restarts it forgets which silos there are, and those that start later form a cluster of their own. Start it with --appendonly yes")]
    private static partial void LogForgetful(ILogger logger);
}
