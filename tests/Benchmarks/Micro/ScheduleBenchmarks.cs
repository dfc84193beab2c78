using BenchmarkDotNet.Attributes;
using Sweeper.Training.Schedules;

namespace Sweeper.Tests.Benchmarks.Micro;

/// <summary>Learning rate and momentum of a step.</summary>
public class ScheduleBenchmarks
{
    private readonly SmithOneCycle _cycle = SmithOneCycle.FromCycleFraction(1, 10, 0.9, 10_000, 0.95, 0.85);
    private int _step;

    /// <summary>Of 1cycle.</summary>
    [Benchmark]
    public SchedulePoint OneCycle() => _cycle.At(_step = (_step + 1) % 10_000);
}
