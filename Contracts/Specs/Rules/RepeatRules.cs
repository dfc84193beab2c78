using Sweeper.Contracts.Jobs;

namespace Sweeper.Contracts.Specs.Rules;

/// <summary>A trial that is run for its weights. No file says it, so that only the wire can bring a wrong one.</summary>
internal static class RepeatRules
{
    private const string Path = "repeat";

    /// <summary>Every problem of it.</summary>
    public static IEnumerable<SpecProblem> Check(SweepSpec spec) => (spec.Purpose, spec.Repeat) switch
    {
        (SweepPurpose.Weights, null) => [new SpecProblem(Path, null, "is missing: which trial is run for its weights")],
        (not SweepPurpose.Weights, not null) => [new SpecProblem(Path, null, "is for runs that are there for their weights only")],
        (_, { } repeat) => Check(repeat),
        _ => [],
    };

    private static IEnumerable<SpecProblem> Check(TrialRepeat repeat)
    {
        if (repeat.Configuration is not { MaxLearningRate: > 0 and < double.PositiveInfinity, BatchSize: >= 1 })
        {
            yield return new SpecProblem(Path, repeat.Configuration.ToString(), "has no learning rate or no batch size that can be trained with");
        }

        if (repeat.Plan is { Lineage.WeightsFrom: not null } or { Schedule: null })
        {
            yield return new SpecProblem(Path, null, "starts from weights of another trial, or has no schedule");
        }
    }
}
