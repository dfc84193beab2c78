using System.Collections.Immutable;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Rendering;

/// <summary>Everything that the live view shows.</summary>
/// <param name="View">Last view from the coordinator.</param>
/// <param name="Spec">What was asked; tells phases and whose range test it is.</param>
/// <param name="Device">Device or devices in words; null before they are known.</param>
/// <param name="CellCurves">Accuracy along the range test, by number of the cell.</param>
/// <param name="SinceView">Time since the view arrived.</param>
/// <param name="Notices">What this console has to say: a lost silo, a stop that is under way.</param>
/// <param name="Zone">Time zone of the user.</param>
internal sealed record ScreenModel(
    SweepView View,
    SweepSpec Spec,
    string? Device,
    ImmutableDictionary<int, ImmutableArray<double>> CellCurves,
    TimeSpan SinceView,
    ImmutableArray<string> Notices,
    TimeZoneInfo Zone);
