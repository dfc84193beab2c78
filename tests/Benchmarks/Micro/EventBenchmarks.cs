using BenchmarkDotNet.Attributes;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Store;
using Sweeper.Grains.Sweeps;
using Sweeper.Tests.Benchmarks.Folding;

namespace Sweeper.Tests.Benchmarks.Micro;

/// <summary>What a coordinator does with every event.</summary>
public class EventBenchmarks
{
    private readonly SweepSpec _spec = MadeSpec.Of("random", "micro", 100);
    private StoredEvent? _stored;
    private SweepEvent? _event;

    /// <summary>Takes the end of a trial out of a sweep.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _stored = MadeSweep.Of(_spec, 10).Events.First(stored => stored.Kind == nameof(SweepEvent.JobEnded));
        _event = EventJson.Read(_stored);
    }

    /// <summary>The end of a trial, to be stored.</summary>
    [Benchmark]
    public StoredEvent Write() => EventJson.Write(1, _event!); // read by SetUp

    /// <summary>The end of a trial, as a new coordinator reads it.</summary>
    [Benchmark]
    public object Read() => EventJson.Read(_stored!); // found by SetUp

    /// <summary>The spec as it is stored.</summary>
    [Benchmark]
    public string Spec() => SpecJson.Write(_spec);
}
