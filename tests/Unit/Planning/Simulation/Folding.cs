using Sweeper.Contracts.Specs;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Store;
using Sweeper.Grains.Sweeps;

namespace Sweeper.Tests.Unit.Planning.Simulation;

/// <summary>What a coordinator does that starts anew.</summary>
internal static class Folding
{
    /// <summary>The planner folded over stored rows.</summary>
    public static SweepState Of(SweepSpec spec, IEnumerable<StoredEvent> rows) => rows.Aggregate(
        SweepPlanner.Start(SpecJson.Read(SpecJson.Write(spec))),
        (state, row) => SweepPlanner.Decide(state, EventJson.Read(row)).State);
}
