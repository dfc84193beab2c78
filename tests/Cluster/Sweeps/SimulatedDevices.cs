using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sweeper.Grains.Workers;

namespace Sweeper.Tests.Cluster.Sweeps;

/// <summary>The devices of a test's silo, and the scripts of its sweeps.</summary>
internal sealed class SimulatedDevices : IJobEngineFactory, IDisposable
{
    private readonly ConcurrentDictionary<string, SweepScript> _scripts = new();

    public SimulatedDevices(int count) =>
        Engines = [.. Enumerable.Range(0, count).Select(number => ($"sim:{number}", new SimulatedEngine(this, $"sim:{number}")))];

    public ImmutableArray<(string Device, SimulatedEngine Engine)> Engines { get; }

    public SweepScript ScriptOf(string sweep) => _scripts.GetOrAdd(sweep, _ => new SweepScript());

    public void Dispose()
    {
        foreach (SweepScript script in _scripts.Values)
        {
            script.Dispose();
        }
    }

    public IReadOnlyList<(string Device, IJobEngine Engine)> Discover() => [.. Engines.Select(found => (found.Device, (IJobEngine)found.Engine))];
}
