using Spectre.Console;
using Spectre.Console.Rendering;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Rendering;

/// <summary>The last things that happened, one line each.</summary>
internal static class EventLines
{
    /// <summary>Draws them, newest last.</summary>
    /// <param name="model">What to show.</param>
    /// <param name="lines">Events at most.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static IEnumerable<IRenderable> Of(ScreenModel model, int lines, int width)
    {
        foreach (SweepEventLine line in model.View.Events.TakeLast(lines))
        {
            string time = HumanText.TimeOfDay(line.At, model.Zone);
            yield return new Markup($"[grey]{time}[/] {Markup.Escape(FittedLine.Cut(line.Text, Math.Max(1, width - time.Length - 1)))}");
        }
    }
}
