using System.Diagnostics;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Following;

/// <summary>One line for each event, and one now and then for where it stands: for pipes and logs.</summary>
/// <param name="output">Where to.</param>
/// <param name="between">Least time between two lines that say where it stands.</param>
internal sealed class PlainDisplay(TextWriter output, TimeSpan between) : ISweepDisplay
{
    private long _lastEvent = -1;
    private long _lastLine;
    private string? _lastStatus;

    /// <inheritdoc/>
    public Task<T> WhileAsync<T>(Func<Task<T>> work) => work();

    /// <inheritdoc/>
    public void Show(ScreenModel model)
    {
        SweepView view = model.View;
        foreach (SweepEventLine line in view.Events.Where(line => line.Sequence > _lastEvent))
        {
            output.WriteLine($"{HumanText.TimeOfDay(line.At, model.Zone)} {line.Text.ReplaceLineEndings(" ")}");
            _lastEvent = line.Sequence;
        }

        string status = Status(view);
        bool due = _lastStatus is null || Stopwatch.GetElapsedTime(_lastLine) >= between;
        if (due && status != _lastStatus)
        {
            output.WriteLine(status);
            (_lastStatus, _lastLine) = (status, Stopwatch.GetTimestamp());
        }

        output.Flush();
    }

    /// <inheritdoc/>
    public void Notice(string text) => output.WriteLine(text);

    private static string Status(SweepView view)
    {
        string tests = view.RangeTests.Total == 0 ? "" : $"range tests {string.Join(" · ", StatusText.Parts(view.RangeTests))} · ";
        string best = view.Leaders is [var first, ..]
            ? $" · best {HumanText.Percent(first.ValidationAccuracy ?? first.TestAccuracy)}"
            : "";
        string left = view.SecondsLeft is null ? "" : $" · ~{HumanText.Duration(view.SecondsLeft)} left";
        return $"{view.Name} {StatusText.Of(view.Status)} {HumanText.Duration(view.ActiveSeconds)} · {tests}{StatusText.Counts(view.Counts)}{best}{left}";
    }
}
