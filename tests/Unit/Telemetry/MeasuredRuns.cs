using System.Runtime.CompilerServices;
using Sweeper.Grains.Telemetry;

namespace Sweeper.Tests.Unit.Telemetry;

/// <summary>Has the engine's runs measured, as a silo has.</summary>
internal static class MeasuredRuns
{
    [ModuleInitializer]
    internal static void Install() => RunMeasurements.Install();
}
