using System.Collections.Immutable;
using Sweeper.Contracts.Specs.Fields;

namespace Sweeper.Contracts.Specs.Rules;

/// <summary>What must hold of a model of the user's own. What the model itself demands, the silo says.</summary>
internal static class ModelRules
{
    public static readonly ImmutableArray<SpecRule> All =
    [
        new([SearchFields.Strategy, ModelFields.Settings], (spec, _) => Each(spec, axis => Fixed(spec, axis))),
        new([SearchFields.Strategy, ModelFields.Settings], (spec, _) => Each(spec, axis => Points(spec, axis))),
        SpecRule.Of([ModelFields.Script, ModelFields.Init], spec => (spec.Model.Script, spec.Model.Init) switch
        {
            (null, WeightInitSpec.FromFile) => new SpecProblem(ModelFields.Init.Path, "from_file", "is for a model.script, whose file has weights; leave the key out, or name how they are drawn"),
            (null, _) or (_, null or WeightInitSpec.FromFile) => null,
            _ => new SpecProblem(ModelFields.Init.Path, ModelFields.Init.Write(spec), "is not for a model.script: its weights are drawn from the seed as PyTorch's layers draw them without the key, or are the file's with from_file"),
        }),
        SpecRule.Of([ModelFields.Script, ModelFields.BatchNormMomentum], spec => spec.Model is { Script: not null, BatchNormMomentum: not null }
            ? new SpecProblem(ModelFields.BatchNormMomentum.Path, ModelFields.BatchNormMomentum.Write(spec), "is not for a model.script: the file says it; write another one")
            : null),
    ];

    private static IEnumerable<SpecProblem> Each(SweepSpec spec, Func<ModelAxis, SpecProblem?> check) =>
        (spec.Model.Settings?.List ?? []).Select(check).OfType<SpecProblem>();

    private static SpecProblem? Fixed(SweepSpec spec, ModelAxis axis) => spec.Search.Strategy switch
    {
        _ when axis.Axis is AxisSpec.Values { List.Length: 1 } => null,
        SearchStrategy.SuperConvergence => Problem(axis, "must be one value with strategy super_convergence, which looks for rate, batch size, weight decay and dropout of one network; to search it use grid, random or a sampler"),
        SearchStrategy.Pbt => Problem(axis, "must be one value with strategy pbt, which copies weights between networks of one shape; to search it use grid, random or a sampler"),
        _ => null,
    };

    private static SpecProblem? Points(SweepSpec spec, ModelAxis axis) => !spec.Search.Strategy.Draws() && axis.Axis is AxisSpec.Range { Points: 0 }
        ? Problem(axis, "needs the number of values that a grid takes from the interval, such as points: 4")
        : null;

    private static SpecProblem Problem(ModelAxis axis, string message) =>
        new($"{ModelFields.Settings.Path}.{axis.Name}", ModelAxesType.WriteOne(axis), message);
}
