using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Sweeper.Contracts.Access;
using Sweeper.Contracts.Json;

namespace Sweeper.Client.Connecting;

/// <summary>The way into a silo's live page for whoever may read the data directory.</summary>
internal static class PageDoor
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    /// <summary>An address that signs one browser in, once: the key itself is shown nowhere.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="data">Its data directory.</param>
    /// <param name="sweep">Sweep that is shown first; null: the list.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="CliException">The silo serves no page, or does not let this user in.</exception>
    public static async Task<Uri> OpenAsync(SiloDescription silo, DataDirectory data, string? sweep, CancellationToken stop)
    {
        if (silo.Page is null)
        {
            throw new CliException(ExitCode.BadInput, $"The silo that serves {data.Root} (pid {silo.Pid}) was started without its page; end it, and this command starts one that has it.");
        }

        var page = new Uri(silo.Page);
        string key = (await File.ReadAllTextAsync(data.PageKey, stop)).Trim();
        using var handler = new HttpClientHandler();
        if (silo.PageCertificate is { } known)
        {
            // Not whoever some authority knows, but this very certificate: the file that says so is the silo's own.
            handler.ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown is not null && TlsIdentity.FingerprintOf(shown) == known;
        }

        using var http = new HttpClient(handler) { Timeout = AnswerWithin };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(page, "api/session/codes"));
        request.Headers.Add("X-Sweeper", "console");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using HttpResponseMessage answer = await http.SendAsync(request, stop);
            if (!answer.IsSuccessStatusCode)
            {
                throw new CliException(
                    ExitCode.Unreachable, $"The page at {page} does not let this console in ({(int)answer.StatusCode}): {await answer.Content.ReadAsStringAsync(stop)}");
            }

            CodeAnswer code = await answer.Content.ReadFromJsonAsync<CodeAnswer>(ResultsJson.OneLine, stop) ?? throw new JsonException("There is no code in it.");
            string query = sweep is null ? "" : $"?sweep={Uri.EscapeDataString(sweep)}";
            return new Uri(page, $"{query}#code={code.Code}");
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException || (failure is TaskCanceledException && !stop.IsCancellationRequested))
        {
            throw new CliException(ExitCode.Unreachable, $"The page at {page} does not answer: {failure.Message}", failure);
        }
    }

    /// <summary>The silo's answer.</summary>
    /// <param name="Code">Lets one browser in, once.</param>
    private sealed record CodeAnswer(string Code);
}
