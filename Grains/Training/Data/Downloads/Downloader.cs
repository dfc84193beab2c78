using System.Net;
using System.Net.Http.Headers;

namespace Sweeper.Training.Data.Downloads;

/// <summary>
/// Fetches files over HTTP into a folder. What has come so far stands in <c>{file}.part</c>: a cut connection, or the next
/// call, goes on from there. A file gets its name only when it is whole and its checksum is right. Synchronous on purpose,
/// like the rest of the engine.
/// </summary>
internal sealed class Downloader : IDisposable
{
    private const int ChunkBytes = 1 << 16;
    private const int MostCutsInARow = 5;
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _client = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly TimeSpan _stall;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="stall">Silence of the server after which a connection is given up.</param>
    public Downloader(TimeSpan stall)
    {
        _stall = stall;
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("sweeper", "0.1"));
    }

    /// <summary>Fetches one file, unless it is there.</summary>
    /// <param name="address">Where from.</param>
    /// <param name="file">Name and checksum.</param>
    /// <param name="folder">Where to; made where missing.</param>
    /// <param name="context">Told how far it has come.</param>
    /// <exception cref="DataSetException">No network, an error of the server, a wrong checksum, a folder that cannot be written.</exception>
    public void Fetch(Uri address, KnownFile file, string folder, ReadContext context)
    {
        string target = Path.Combine(folder, file.Name);
        try
        {
            Directory.CreateDirectory(folder);
            using FileStream? part = OpenPart(target, context.Cancellation);
            if (part is null)
            {
                return;
            }

            Fill(part, address, file.Name, context);
            part.Flush(flushToDisk: true);
            Settle(part, target, address, file, context);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DataSetException($"{target}: cannot be written ({failure.Message}). Free space or choose another data directory (option or {DataLocations.Variable}).", failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    // The exclusive handle keeps a second process out; it waits, and finds the file done.
    private static FileStream? OpenPart(string target, CancellationToken cancellation)
    {
        while (true)
        {
            if (File.Exists(target))
            {
                return null;
            }

            try
            {
                // Nothing shared: on Unix any sharing at all would let a second writer in.
                return new FileStream(target + ".part", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(target + ".part"))
            {
                cancellation.WaitHandle.WaitOne(LockPoll);
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private void Fill(FileStream part, Uri address, string name, ReadContext context)
    {
        part.Seek(0, SeekOrigin.End);
        for (int cuts = 0; ;)
        {
            long before = part.Length;
            (bool whole, Exception? cut) = Receive(part, address, name, context);
            if (whole)
            {
                return;
            }

            cuts = part.Length > before ? 0 : cuts + 1;
            if (cuts >= MostCutsInARow)
            {
                throw new DataSetException($"{address}: the connection was cut {cuts} times in a row after {part.Length} bytes ({cut?.Message ?? "the server closed it"}). Try again: the download goes on from there.", cut);
            }
        }
    }

    // One request. Whole: the server has said that nothing is left to send.
    private (bool Whole, Exception? Cut) Receive(FileStream part, Uri address, string name, ReadContext context)
    {
        using CancellationTokenSource silence = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);
        silence.CancelAfter(_stall);
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Get, address);
            if (part.Length > 0)
            {
                request.Headers.Range = new RangeHeaderValue(part.Length, null);
            }

            using HttpResponseMessage response = _client.Send(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                // All is there already, or too much; the checksum tells.
                return (true, null);
            }

            if (!response.IsSuccessStatusCode)
            {
                throw new DataSetException($"{address}: the server answered {(int)response.StatusCode} {response.ReasonPhrase}. Check the address, or fetch the file by other means.");
            }

            bool resumed = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == part.Length;
            if (!resumed)
            {
                part.SetLength(0);
            }

            long? total = response.Content.Headers.ContentLength + part.Length;
            // A read in progress ends when its response is disposed; the token alone would not reach it.
            using CancellationTokenRegistration stop = silence.Token.Register(response.Dispose);
            return (Copy(response, part, name, total, silence, context), null);
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            throw new DataSetException($"{address}: cannot be reached ({failure.Message})", failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or HttpIOException or OperationCanceledException or ObjectDisposedException)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            return (false, silence.IsCancellationRequested ? new TimeoutException($"nothing came for {_stall.TotalSeconds:0} s", failure) : failure);
        }
    }

    private bool Copy(HttpResponseMessage response, FileStream part, string name, long? total, CancellationTokenSource silence, ReadContext context)
    {
        using Stream body = response.Content.ReadAsStream(silence.Token);
        byte[] chunk = new byte[ChunkBytes];
        while (true)
        {
            int read = ReadBody(body, chunk);
            if (read == 0)
            {
                return total is null || part.Length >= total;
            }

            part.Write(chunk, 0, read);
            silence.CancelAfter(_stall);
            context.Report(DataActivity.Downloading, name, part.Length, total);
        }
    }

    // A failure of the network, told apart from a failure of the disk that the same type would carry.
    private static int ReadBody(Stream body, byte[] chunk)
    {
        try
        {
            return body.Read(chunk);
        }
        catch (IOException failure) when (failure is not HttpIOException)
        {
            throw new HttpRequestException(failure.Message, failure);
        }
    }

    private static void Settle(FileStream part, string target, Uri address, KnownFile file, ReadContext context)
    {
        (string md5, string sha256, long bytes) = FileChecksum.Of(part, context);
        // Closed before it is renamed or deleted: Windows insists.
        part.Dispose();
        string seen = file.Checksum.Length == md5.Length ? md5 : sha256;
        if (seen != file.Checksum)
        {
            File.Delete(part.Name);
            throw new DataSetException($"{address}: the {bytes} bytes received have checksum {seen}, not {file.Checksum}; they were thrown away. Try again, or fetch the file by other means.");
        }

        try
        {
            File.Move(part.Name, target, overwrite: true);
        }
        catch (FileNotFoundException) when (File.Exists(target))
        {
            // Another process that had waited for this one renamed the same bytes in between: the file is there.
        }
    }
}
