using System.Collections.Immutable;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;

namespace Sweeper.Client.Rendering;

/// <summary>Everything that the live view shows.</summary>
/// <param name="View">Last view from the coordinator.</param>
/// <param name="Spec">What was asked; tells phases and whose range test it is.</param>
/// <param name="Devices">Every device of the cluster, as it was a moment ago; empty before they are known.</param>
/// <param name="CellCurves">What the range tests measured along their ramps, by number of the cell.</param>
/// <param name="SinceView">Time since the view arrived.</param>
/// <param name="Notices">What this console has to say: a lost silo, a stop that is under way.</param>
/// <param name="Zone">Time zone of the user.</param>
internal sealed record ScreenModel(
    SweepView View,
    SweepSpec Spec,
    ImmutableArray<WorkerStatus> Devices,
    ImmutableDictionary<int, RampCurve> CellCurves,
    TimeSpan SinceView,
    ImmutableArray<string> Notices,
    TimeZoneInfo Zone);
