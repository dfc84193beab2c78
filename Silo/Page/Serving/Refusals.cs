using System.Text.Json;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Json;
using Sweeper.Contracts.Pages;

namespace Sweeper.Silo.Page.Serving;

/// <summary>Requests that get no answer but a reason.</summary>
internal static partial class Refusals
{
    /// <summary>A result.</summary>
    public static IResult Of(int status, string message) => Of(status, new Refusal(message));

    /// <summary>A result.</summary>
    public static IResult Of(int status, Refusal refusal) => Results.Json(refusal, ResultsJson.OneLine, statusCode: status);

    /// <summary>No such job, file or page.</summary>
    public static IResult Missing(string message) => Of(StatusCodes.Status404NotFound, message);

    /// <summary>Writes one.</summary>
    public static Task WriteAsync(HttpContext http, int status, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new Refusal(message), ResultsJson.OneLine);
    }

    /// <summary>Writes that a caller has to wait, and how long.</summary>
    public static Task WaitAsync(HttpContext http, TimeSpan wait, string why)
    {
        int seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return WriteAsync(http, StatusCodes.Status429TooManyRequests, $"{why}; try again in {seconds} s.");
    }

    /// <summary>Turns what goes wrong on the way into one.</summary>
    public static async Task CatchAsync(HttpContext http, RequestDelegate next, ILogger logger)
    {
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null }) // routing's own
            {
                await WriteAsync(http, http.Response.StatusCode, http.Response.StatusCode == StatusCodes.Status405MethodNotAllowed
                    ? $"{http.Request.Method} is not for {http.Request.Path}; allowed: {http.Response.Headers.Allow}."
                    : $"There is nothing at {http.Request.Path}.");
            }
        }
        catch (Exception error) when (!http.Response.HasStarted && Explain(error, http) is var (status, message))
        {
            http.Response.Headers.ContentLength = null;
            if (status == StatusCodes.Status500InternalServerError)
            {
                LogFault(logger, http.Request.Method, http.Request.Path, error);
            }

            await WriteAsync(http, status, message);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The browser has gone.
        }
    }

    private static (int Status, string Message)? Explain(Exception error, HttpContext http) => error switch
    {
        OperationCanceledException when http.RequestAborted.IsCancellationRequested => null,
        SweepNotFoundException missing => (StatusCodes.Status404NotFound, missing.Message),
        StoreUnavailableException store => (StatusCodes.Status503ServiceUnavailable, store.Message),
        BadHttpRequestException bad => (bad.StatusCode, $"The request cannot be read: {bad.Message}"),
        JsonException bad => (StatusCodes.Status400BadRequest, $"The request's JSON cannot be read: {bad.Message}"),
        OrleansException or TimeoutException => (StatusCodes.Status503ServiceUnavailable, $"The silo does not answer: {error.Message}"),
        _ => (StatusCodes.Status500InternalServerError, "Sweeper itself is at fault; the silo's log says more."),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogFault(ILogger logger, string method, string path, Exception error);
}
