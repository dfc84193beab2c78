using Sweeper.Contracts.Specs;
using Sweeper.Grains.Planning;

namespace Sweeper.Tests.Unit.Planning.Simulation;

/// <summary>What a coordinator does that starts anew.</summary>
internal static class Folding
{
    /// <summary>The planner folded over events.</summary>
    public static SweepState Of(SweepSpec spec, IEnumerable<SweepEvent> events) =>
        events.Aggregate(SweepPlanner.Start(spec), (state, change) => SweepPlanner.Decide(state, change).State);
}
