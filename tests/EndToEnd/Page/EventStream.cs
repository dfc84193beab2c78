using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Page;

/// <summary>One server-sent event.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Id">The last mark so far; empty before the first.</param>
/// <param name="Data">Its data.</param>
internal sealed record PageEvent(string Name, string Id, JsonElement Data);

/// <summary>Server-sent events as a browser reads them.</summary>
internal sealed class EventStream(HttpResponseMessage answer, Stream stream) : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly StreamReader _reader = new(stream);
    private string _id = "";

    /// <summary>Reads up to the end of a batch: the event that shows the sweep at a glance.</summary>
    /// <returns>Events, the last among them.</returns>
    public Task<List<PageEvent>> BatchAsync() => UntilAsync(one => one.Name == "view");

    /// <summary>Reads until an event is as a test wants it.</summary>
    /// <returns>Events, that one last.</returns>
    public async Task<List<PageEvent>> UntilAsync(Func<PageEvent, bool> wanted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        List<PageEvent> events = [];
        (string name, string data) = ("", "");
        while (true)
        {
            string? line = await _reader.ReadLineAsync(limit.Token);
            Assert.True(line is not null, $"The stream ended after {string.Join(", ", events.Select(one => one.Name))}");
            if (line.Length == 0)
            {
                if (data.Length > 0)
                {
                    using var document = JsonDocument.Parse(data);
                    events.Add(new PageEvent(name, _id, document.RootElement.Clone()));
                    (name, data) = ("", "");
                    if (wanted(events[^1]))
                    {
                        return events;
                    }
                }

                continue;
            }

            int colon = line.IndexOf(':', StringComparison.Ordinal);
            string value = line[(colon + 1)..].TrimStart();
            switch (line[..colon])
            {
                case "event":
                    name = value;
                    break;
                case "data":
                    data += value;
                    break;
                case "id":
                    _id = value;
                    break;
            }
        }
    }

    /// <summary>Reads until the server ends the stream.</summary>
    public async Task EndAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        while (await _reader.ReadLineAsync(limit.Token) is not null)
        {
            // What was on its way.
        }
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        answer.Dispose();
        return ValueTask.CompletedTask;
    }
}
