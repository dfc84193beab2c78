using Sweeper.Contracts.Json;

namespace Sweeper.Silo.Page.Serving;

/// <summary>What a request sends.</summary>
internal static class RequestBody
{
    /// <summary>Reads it.</summary>
    /// <returns>Null where nothing was sent.</returns>
    /// <exception cref="BadHttpRequestException">It is not JSON.</exception>
    public static async Task<T?> ReadAsync<T>(HttpRequest request)
        where T : class
    {
        if (request.ContentLength == 0 || (request.ContentLength is null && request.ContentType is null))
        {
            return null;
        }

        return request.HasJsonContentType()
            ? await request.ReadFromJsonAsync<T>(ResultsJson.OneLine, request.HttpContext.RequestAborted)
            : throw new BadHttpRequestException("it must be JSON (Content-Type: application/json).", StatusCodes.Status415UnsupportedMediaType);
    }
}
