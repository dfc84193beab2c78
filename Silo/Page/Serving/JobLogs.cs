using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sweeper.Contracts.Pages;
using Sweeper.Contracts.Telemetry;

namespace Sweeper.Silo.Page.Serving;

/// <summary>The last lines that the silo has logged about each job, by the scopes that the lines were written in. Bounded, and gone with the silo.</summary>
/// <param name="clock">Time.</param>
[ProviderAlias("JobLogs")]
internal sealed class JobLogs(TimeProvider clock) : ILoggerProvider, ISupportExternalScope
{
    /// <summary>Lines kept of a job.</summary>
    public const int MostLines = 50;

    /// <summary>Jobs that lines are kept of.</summary>
    public const int MostJobs = 2000;

    private readonly ConcurrentDictionary<(string Sweep, string Job), ConcurrentQueue<JobLogLine>> _lines = new();
    private readonly ConcurrentQueue<(string Sweep, string Job)> _order = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    /// <summary>Lines about a job, oldest first.</summary>
    public ImmutableArray<JobLogLine> Of(string sweep, string job) => _lines.TryGetValue((sweep, job), out ConcurrentQueue<JobLogLine>? lines) ? [.. lines] : [];

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new JobLogger(this);

    /// <inheritdoc />
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private void Add(LogLevel level, string text)
    {
        var about = new About();
        _scopes.ForEachScope(
            static (scope, found) =>
            {
                foreach (KeyValuePair<string, object?> pair in scope as IEnumerable<KeyValuePair<string, object?>> ?? [])
                {
                    found.Take(pair.Key, pair.Value);
                }
            },
            about);
        if (about is not { Sweep: { } sweep, Job: { } job })
        {
            return;
        }

        ConcurrentQueue<JobLogLine> lines = _lines.GetOrAdd((sweep, job), key =>
        {
            _order.Enqueue(key);
            return new ConcurrentQueue<JobLogLine>();
        });
        lines.Enqueue(new JobLogLine(clock.GetUtcNow(), Gravity(level), about.Attempt, text));
        while (lines.Count > MostLines)
        {
            lines.TryDequeue(out _);
        }

        while (_lines.Count > MostJobs && _order.TryDequeue(out (string, string) oldest))
        {
            _lines.TryRemove(oldest, out _);
        }
    }

    private static LogGravity Gravity(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => LogGravity.Debug,
        LogLevel.Information => LogGravity.Information,
        LogLevel.Warning => LogGravity.Warning,
        _ => LogGravity.Error,
    };

    /// <summary>What a line is about.</summary>
    private sealed class About
    {
        public string? Sweep { get; private set; }

        public string? Job { get; private set; }

        public int? Attempt { get; private set; }

        public void Take(string name, object? value)
        {
            switch (name)
            {
                case Attributes.Sweep:
                    Sweep = value as string;
                    break;
                case Attributes.Job:
                    Job = value as string;
                    break;
                case Attributes.Attempt:
                    Attempt = value as int?;
                    break;
            }
        }
    }

    private sealed class JobLogger(JobLogs logs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null; // the factory keeps scopes

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                logs.Add(logLevel, formatter(state, exception) + (exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})"));
            }
        }
    }
}
