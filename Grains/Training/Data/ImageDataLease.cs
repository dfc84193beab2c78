namespace Sweeper.Training.Data;

/// <summary>A user's hold on a shared set. Disposing it twice is the same as once.</summary>
public sealed class ImageDataLease : IDisposable
{
    private Action? _release;

    internal ImageDataLease(ImageData data, Action release)
    {
        Data = data;
        _release = release;
    }

    /// <summary>The set; not to be disposed by the user, not to be used after the lease is disposed.</summary>
    public ImageData Data { get; }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
