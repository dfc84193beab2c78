namespace Sweeper.Silo.Page.Serving;

/// <summary>How long the page is served: streams end with it.</summary>
internal sealed class PageLife : IDisposable
{
    private readonly CancellationTokenSource _ending = new();

    /// <summary>Cancelled when the silo ends.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>Ends it.</summary>
    public Task EndAsync() => _ending.CancelAsync();

    /// <inheritdoc />
    public void Dispose() => _ending.Dispose();
}
