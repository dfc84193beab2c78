namespace Sweeper.Silo;

/// <summary>Log lines: single lines with a time, or JSON objects.</summary>
internal static class SiloLogging
{
    /// <summary>Sets providers and levels.</summary>
    public static void Configure(WebApplicationBuilder builder, SiloOptions options)
    {
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(options.LogLevel);
        LogLevel quiet = options.LogLevel > LogLevel.Warning ? options.LogLevel : LogLevel.Warning;
        builder.Logging.AddFilter("Orleans", quiet);
        builder.Logging.AddFilter("Microsoft", quiet);
        builder.Logging.AddFilter("Polly", quiet);
        if (options.JsonLogs)
        {
            builder.Logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                console.IncludeScopes = true;
            });
        }
        else
        {
            builder.Logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "HH:mm:ss.fff ";
                console.ColorBehavior = Microsoft.Extensions.Logging.Console.LoggerColorBehavior.Disabled;
            });
        }
    }
}
