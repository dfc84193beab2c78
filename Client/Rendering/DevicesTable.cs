using System.Collections.Immutable;
using Spectre.Console;
using Spectre.Console.Rendering;
using Sweeper.Contracts.Workers;

namespace Sweeper.Client.Rendering;

/// <summary>Devices: how many slots each has, what it does now.</summary>
internal static class DevicesTable
{
    /// <summary>All of them in one line: <c>3 · 5 of 6 slots busy · 2 × NVIDIA H100, CPU (8 threads)</c>.</summary>
    /// <param name="model">What to show.</param>
    /// <param name="room">Columns.</param>
    /// <returns>Markup; null before they are known.</returns>
    public static string? Summary(ScreenModel model, int room)
    {
        if (model.Devices.IsEmpty)
        {
            return null;
        }

        string busy = FormattableString.Invariant(
            $"{model.Devices.Sum(device => Busy(model, device))} of {HumanText.Count(model.Devices.Sum(device => device.Slots), "slot")} busy");
        string kinds = string.Join(", ", model.Devices.GroupBy(device => device.Device)
            .OrderByDescending(kind => kind.Count())
            .Select(kind => kind.Count() == 1 ? kind.Key : FormattableString.Invariant($"{kind.Count()} × {kind.Key}")));
        return model.Devices.Length == 1
            ? FittedLine.Of(room, Markup.Escape(FittedLine.Cut(kinds, Math.Max(8, room))), busy)
            : FittedLine.Of(room, FormattableString.Invariant($"{model.Devices.Length}"), busy, Markup.Escape(kinds));
    }

    /// <summary>One row each; the table is worth its lines where there are several.</summary>
    /// <param name="model">What to show.</param>
    /// <param name="lines">Devices at most, those at work first; the others are counted.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static IRenderable Of(ScreenModel model, int lines, int width)
    {
        IEnumerable<WorkerStatus> shown = model.Devices.Length <= lines
            ? model.Devices
            : model.Devices.OrderByDescending(device => Busy(model, device)).Take(lines);
        Table table = new FittedTable(
            [new("device", 0), new("", 3), new("busy", 2, Right: true), new("at work on", 1)],
            [.. shown.OrderBy(device => device.Key.ToString(), StringComparer.Ordinal).Select(device => Row(model, device))]).Draw(width);
        int hidden = model.Devices.Length - lines;
        return hidden <= 0
            ? table
            : new Rows(table, new OneLine($"[grey]… and {HumanText.Count(hidden, "device")} more[/]"));
    }

    private static ImmutableArray<string> Row(ScreenModel model, WorkerStatus device)
    {
        string[] own = Own(model, device);
        int others = Busy(model, device) - own.Length;
        string work = string.Join(' ', own.Take(3))
            + (own.Length > 3 ? FormattableString.Invariant($" +{own.Length - 3}") : "")
            + (others > 0 ? $"{(own.Length > 0 ? ", " : "")}{HumanText.Count(others, "job")} of other sweeps" : "");
        return
        [
            Markup.Escape(device.Key.ToString()),
            Markup.Escape(device.Device),
            FormattableString.Invariant($"{Busy(model, device)}/{device.Slots}"),
            Duty(device) ?? (work.Length == 0 ? "[yellow]idle[/]" : Markup.Escape(work)),
        ];
    }

    private static string? Duty(WorkerStatus device)
    {
        string duty = device.Duty.ToString().ToLowerInvariant();
        return device.Duty == WorkerDuty.Open ? null
            : $"[yellow]{Markup.Escape(device.DutyReason is { } reason ? $"{duty}: {FittedLine.Cut(reason, 40)}" : duty)}[/]";
    }

    // This sweep's jobs are told by its own view, which is newer than the list of devices.
    private static string[] Own(ScreenModel model, WorkerStatus device) =>
        [.. model.View.Running.Where(job => job.Worker == device.Key.ToString()).Select(job => job.Key.ShortName).Order(StringComparer.Ordinal)];

    private static int Busy(ScreenModel model, WorkerStatus device) =>
        Own(model, device).Length + device.Running.Count(job => job.Sweep != model.View.Name);
}
