namespace Sweeper.Contracts.Telemetry;

/// <summary>
/// Where telemetry goes. An option becomes the standard variable of this process, so that all other variables of the
/// OpenTelemetry specification mean what they say there.
/// </summary>
public static class OtlpEndpoint
{
    private const string Variable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";

    /// <summary>Port that receivers speak HTTP on by convention; on all others gRPC is the default.</summary>
    private const int HttpPort = 4318;

    /// <summary>Why the endpoint that counts is none; null: it is one, or there is none.</summary>
    /// <param name="option">Endpoint of the command line; null or empty: none was given.</param>
    public static string? ComplaintOf(string? option)
    {
        string? given = string.IsNullOrEmpty(option) ? Environment.GetEnvironmentVariable(Variable) : option;
        return string.IsNullOrEmpty(given) ? null : Complaint(given);
    }

    /// <summary>Takes an endpoint of the command line over; without one, those of the environment count.</summary>
    /// <param name="endpoint">Endpoint; null or empty: none was given.</param>
    /// <returns>Whether telemetry is asked for.</returns>
    public static bool Use(string? endpoint)
    {
        if (!string.IsNullOrEmpty(endpoint))
        {
            Environment.SetEnvironmentVariable(Variable, endpoint);
        }

        string? given = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(given))
        {
            return false;
        }

        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Protocol)) && new Uri(given).Port == HttpPort)
        {
            Environment.SetEnvironmentVariable(Protocol, "http/protobuf");
        }

        return true;
    }

    private static string? Complaint(string endpoint) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            ? null
            : $"'{endpoint}' is no OTLP endpoint: it must be like http://localhost:4317 (gRPC) or http://localhost:4318 (HTTP)";
}
