using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sweeper.Client.Rendering;

/// <summary>Markup that never takes a second line: on a terminal that is too narrow for it, it ends with an ellipsis.</summary>
/// <param name="markup">Markup without a line break.</param>
internal sealed class OneLine(string markup) : Renderable
{
    private readonly IRenderable _markup = new Markup(markup);

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        int width = FittedLine.WidthOf(markup);
        IEnumerable<Segment> line = _markup.Render(options, Math.Max(maxWidth, width));
        return width <= maxWidth ? line : [.. Segment.Truncate(line, maxWidth - 1), new Segment("…")];
    }
}
