namespace Sweeper.Client.Connecting;

/// <summary>
/// An open request that tells a silo that somebody still needs it, and tells this console at once when the silo is gone.
/// </summary>
internal sealed class Leash : IAsyncDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http;
    private readonly HttpResponseMessage _response;
    private readonly Stream _stream;
    private readonly CancellationTokenSource _release = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _reading;
    private int _disposed;

    private Leash(HttpClient http, HttpResponseMessage response, Stream stream)
    {
        _http = http;
        _response = response;
        _stream = stream;
        Lost = _lost.Token;
        _reading = Task.Run(ReadToEndAsync);
    }

    /// <summary>Cancelled when the silo ends the request: it has died or is ending.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Opens one.</summary>
    /// <returns>Null where no silo answers on that port, or where it is ending.</returns>
    public static async Task<Leash?> TryOpenAsync(int httpPort, CancellationToken stop)
    {
        var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(AnswerWithin);
            HttpResponseMessage response = await http.GetAsync(
                new Uri($"http://127.0.0.1:{httpPort}/leash"), HttpCompletionOption.ResponseHeadersRead, limit.Token);
            Stream stream = await response.Content.ReadAsStreamAsync(limit.Token);

            // A silo that is ending answers, and says nothing.
            if (response.IsSuccessStatusCode && await stream.ReadAsync(new byte[1], limit.Token) == 1)
            {
                return new Leash(http, response, stream);
            }

            response.Dispose();
        }
        catch (Exception nobody) when (nobody is HttpRequestException or IOException)
        {
            // Nobody listens: the caller looks again or starts a silo.
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Something listens and does not answer: no silo that could be used.
        }

        http.Dispose();
        return null;
    }

    /// <summary>Whether the silo of that port takes work: it is in its cluster, has found its devices and is not ending.</summary>
    public static async Task<bool> IsReadyAsync(int httpPort, CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = AnswerWithin };
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri($"http://127.0.0.1:{httpPort}/health/ready"), stop);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception nobody) when (nobody is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Lets the silo of that port outlive its consoles.</summary>
    /// <returns>Whether it took the wish.</returns>
    public static async Task<bool> TryTakeOffAsync(int httpPort, CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = AnswerWithin };
        try
        {
            using HttpResponseMessage answer = await http.PostAsync(new Uri($"http://127.0.0.1:{httpPort}/leash/off"), null, stop);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception nobody) when (nobody is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Lets go. A second time does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _release.CancelAsync();
        await _reading;
        _response.Dispose();
        _http.Dispose();
        _release.Dispose();
    }

    private async Task ReadToEndAsync()
    {
        byte[] buffer = new byte[256];
        try
        {
            while (await _stream.ReadAsync(buffer, _release.Token) > 0)
            {
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            // The silo died: the same as an end.
        }

        await _lost.CancelAsync();
    }
}
