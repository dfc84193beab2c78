using System.Runtime.ExceptionServices;

namespace Sweeper.Training.Data.Shards;

/// <summary>A window that a thread of the pool reads while another trains. Taken or disposed of once.</summary>
internal sealed class WindowAhead : IDisposable
{
    private readonly Lock _sync = new();
    private readonly ManualResetEventSlim _ended = new();
    private StreamWindow? _window;
    private ExceptionDispatchInfo? _failure;
    private bool _abandoned;

    /// <summary>Begins to read.</summary>
    /// <param name="source">Where images are.</param>
    /// <param name="order">Order of the epoch.</param>
    /// <param name="number">Which window of it.</param>
    public WindowAhead(ShardedPixels source, StreamOrder order, int number)
    {
        Number = number;
        ThreadPool.QueueUserWorkItem(_ => Read(source, order));
    }

    /// <summary>Number of the window.</summary>
    public int Number { get; }

    /// <summary>The window, which belongs to the caller now; waits until it is there.</summary>
    /// <exception cref="DataSetException">It could not be read.</exception>
    public StreamWindow Take()
    {
        _ended.Wait();
        lock (_sync)
        {
            _failure?.Throw();
            StreamWindow window = _window ?? throw new InvalidOperationException("the window was taken");
            _window = null;
            return window;
        }
    }

    /// <summary>Wants it no more: it is freed now, or when it is there.</summary>
    public void Dispose()
    {
        lock (_sync)
        {
            _abandoned = true;
            _window?.Dispose();
            _window = null;
        }
    }

    private void Read(ShardedPixels source, StreamOrder order)
    {
        StreamWindow? window = null;
        ExceptionDispatchInfo? failure = null;
        try
        {
            window = StreamWindow.Read(source, order, Number);
        }
        catch (Exception error) // who takes the window is told
        {
            failure = ExceptionDispatchInfo.Capture(error);
        }

        lock (_sync)
        {
            (_window, _failure) = (_abandoned ? null : window, failure);
            if (_abandoned)
            {
                window?.Dispose();
            }
        }

        _ended.Set();
    }
}
