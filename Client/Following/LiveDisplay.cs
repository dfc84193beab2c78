using System.Collections.Immutable;
using System.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;
using Sweeper.Client.Rendering;

namespace Sweeper.Client.Following;

/// <summary>Redraws in place, four times a second.</summary>
/// <param name="terminal">A live one.</param>
internal sealed class LiveDisplay(Terminal terminal) : ISweepDisplay
{
    private const int KeptNotices = 3;

    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private ImmutableArray<string> _notices = [];
    private ScreenModel? _model;
    private long _shownAt;
    private volatile bool _isLive;

    /// <inheritdoc/>
    public async Task<T> WhileAsync<T>(Func<Task<T>> work)
    {
        _isLive = true;
        try
        {
            return await terminal.Out.Live(Text.Empty).AutoClear(true).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
            {
                Task<T> running = work();
                (int Width, int Height) size = Size;
                while (await Task.WhenAny(running, Task.Delay(Refresh)) != running)
                {
                    if (size != Size)
                    {
                        // The terminal has folded the old lines anew, and nobody knows where they begin now.
                        terminal.Out.Clear(home: true);
                        size = Size;
                    }

                    live.UpdateTarget(Draw());
                }

                return await running;
            });
        }
        finally
        {
            _isLive = false;
            foreach (string notice in _notices)
            {
                await terminal.Error.WriteLineAsync(notice);
            }

            _notices = [];
        }
    }

    /// <inheritdoc/>
    public void Show(ScreenModel model)
    {
        lock (_lock)
        {
            _model = model;
            _shownAt = Stopwatch.GetTimestamp();
        }
    }

    /// <inheritdoc/>
    public void Notice(string text)
    {
        if (!_isLive)
        {
            terminal.Error.WriteLine(text);
            return;
        }

        lock (_lock)
        {
            _notices = [.. _notices.Add(text).TakeLast(KeptNotices)];
        }
    }

    private (int Width, int Height) Size => (terminal.Out.Profile.Width, terminal.Out.Profile.Height);

    private IRenderable Draw()
    {
        lock (_lock)
        {
            return _model is null
                ? new Rows(_notices.Append("Starting …").Select(line => new OneLine($"[grey]{Markup.Escape(FittedLine.Cut(line, terminal.Out.Profile.Width))}[/]")))
                : SweepScreen.Of(
                    _model with { SinceView = Stopwatch.GetElapsedTime(_shownAt), Notices = _notices },
                    terminal.Out.Profile.Height,
                    terminal.Out.Profile.Width);
        }
    }
}
