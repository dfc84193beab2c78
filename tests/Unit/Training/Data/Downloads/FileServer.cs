using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sweeper.Tests.Unit.Training.Data.Downloads;

/// <summary>
/// A web server on loopback that serves one file, one connection at a time, and can be told to misbehave: cut a reply short,
/// ignore ranges, answer with an error.
/// </summary>
internal sealed class FileServer : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Thread _thread;
    private readonly byte[] _content;
    private volatile bool _stopped;

    public FileServer(byte[] content)
    {
        _content = content;
        _listener.Start();
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Bytes of body sent before a connection is closed; one entry a connection, whole bodies after the last.</summary>
    public Queue<int> Cuts { get; } = new();

    /// <summary>Whether requests for a range are honoured.</summary>
    public bool Ranges { get; init; } = true;

    /// <summary>Status of every reply; 200 turns into 206 for ranges.</summary>
    public int Status { get; init; } = 200;

    /// <summary>First byte asked for, one entry a request.</summary>
    public List<long> Asked { get; } = [];

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}/");

    public void Dispose()
    {
        _stopped = true;
        _thread.Join();
        _listener.Stop(); // only now: a stop while accept is on its way in can leave it waiting for ever
    }

    private void Serve()
    {
        while (!_stopped)
        {
            if (!_listener.Server.Poll(PollInterval, SelectMode.SelectRead))
            {
                continue;
            }

            TcpClient client = _listener.AcceptTcpClient();
            client.ReceiveTimeout = 2_000; // .NET's client may open a connection ahead and never use it
            using (client)
            {
                try
                {
                    Answer(client.GetStream());
                }
                catch (IOException)
                {
                    // The client has hung up, as it does when its download is cancelled, or says nothing.
                }
            }
        }
    }

    private void Answer(NetworkStream stream)
    {
        using StreamReader reader = new(stream, Encoding.ASCII, leaveOpen: true);
        long from = 0;
        for (string? line = reader.ReadLine(); !string.IsNullOrEmpty(line); line = reader.ReadLine())
        {
            if (line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
            {
                from = long.Parse(line["Range: bytes=".Length..^1], CultureInfo.InvariantCulture);
            }
        }

        Asked.Add(from);
        if (Status != 200)
        {
            Write(stream, $"HTTP/1.1 {Status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }

        if (!Ranges)
        {
            from = 0;
        }

        if (from >= _content.Length && from > 0)
        {
            Write(stream, "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }

        byte[] body = _content[(int)from..];
        string range = from > 0 ? $"Content-Range: bytes {from}-{_content.Length - 1}/{_content.Length}\r\n" : string.Empty;
        Write(stream, $"HTTP/1.1 {(from > 0 ? "206 Partial Content" : "200 OK")}\r\nContent-Length: {body.Length}\r\n{range}Connection: close\r\n\r\n");
        stream.Write(body, 0, Cuts.TryDequeue(out int cut) ? Math.Min(cut, body.Length) : body.Length);
    }

    private static void Write(NetworkStream stream, string head) => stream.Write(Encoding.ASCII.GetBytes(head));
}
