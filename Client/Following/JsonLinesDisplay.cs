using Sweeper.Client.Rendering;
using Sweeper.Client.Reporting;

namespace Sweeper.Client.Following;

/// <summary>One view a line, in JSON.</summary>
/// <param name="terminal">Where to; notices go to its error stream.</param>
internal sealed class JsonLinesDisplay(Terminal terminal) : ISweepDisplay
{
    /// <inheritdoc/>
    public Task<T> WhileAsync<T>(Func<Task<T>> work) => work();

    /// <inheritdoc/>
    public void Show(ScreenModel model) => JsonOutput.WriteLine(terminal, model.View);

    /// <inheritdoc/>
    public void Notice(string text) => terminal.Error.WriteLine(text);
}
