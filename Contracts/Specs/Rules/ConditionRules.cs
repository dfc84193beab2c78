using System.Collections.Immutable;
using Sweeper.Contracts.Specs.Fields;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Rules;

/// <summary>What must hold between an axis that applies only beside values of others, and those others.</summary>
internal static class ConditionRules
{
    /// <summary>Values that are listed at most: a longer list tells no more than its ends.</summary>
    private const int MostListed = 8;

    private static readonly ImmutableArray<SpecField> Fields = [DataFields.TrainSize, SearchFields.Strategy, .. SearchFields.Axes];

    public static readonly ImmutableArray<SpecRule> All =
    [
        new(Fields, (spec, _) => Of(spec)),
    ];

    private static ImmutableArray<SpecProblem> Of(SweepSpec spec)
    {
        (SpecField<AxisSpec> Field, AxisWhen When)[] conditional =
        [
            .. SearchFields.Axes.Select(field => (field, field.Get(spec).When)).Where(axis => axis.When is not null).Select(axis => (axis.field, axis.When!)),
        ];
        if (conditional.Length == 0)
        {
            return [];
        }

        if (spec.Search.Strategy == SearchStrategy.SuperConvergence)
        {
            return
            [
                .. conditional.Select(axis => new SpecProblem(
                    When(axis.Field), null, "is not for strategy super_convergence, which moves one factor at a time; use grid, random or a sampler")),
            ];
        }

        var axes = new SearchAxes(spec);
        ImmutableArray<SpecProblem> unsound =
        [
            .. conditional.SelectMany(axis => axis.When.Conditions.Select(condition => Problem(spec, axes, axis.Field, condition)).OfType<SpecProblem>()),
        ];
        return !unsound.IsEmpty ? unsound : axes.Circle() is [var first, ..] circle
            ? [new SpecProblem(
                When(SearchFields.Axes.Single(field => field.Key == first)),
                null,
                circle.Length == 2 ? $"{first} depends on itself" : $"goes in a circle: {string.Join(", which depends on ", circle)}")]
            : [];
    }

    private static string When(SpecField field) => $"{field.Path}.{AxisKeys.When.Word}";

    private static SpecProblem? Problem(SweepSpec spec, SearchAxes axes, SpecField field, AxisCondition condition)
    {
        string path = $"{When(field)}.{condition.Axis}";
        string? complaint = (field.Key, axes[condition.Axis], condition.Among) switch
        {
            (SearchAxes.MaxLearningRate, _, _) when spec.Search.MaxLearningRate is AxisSpec.FromRangeTest =>
                "bounds from range tests apply in every cell, each of which has its own; give rates to use when",
            (_, null, _) => $"no axis is called {condition.Axis}; there are {string.Join(", ", axes.All.Select(axis => axis.Name))}",
            (_, AxisSpec.FromRangeTest, _) => "comes from range tests, so its values are not known beforehand; give rates, or let another axis decide",
            (_, AxisSpec.Largest, _) => "is found by trying, so its values are not known beforehand; give batch sizes, or let another axis decide",
            (_, _, AxisSpec.Values { List.IsDefaultOrEmpty: true }) => "must list at least one value",
            (_, _, AxisSpec.Range range) when !(range.Min <= range.Max) => $"must have a max that is at least its min, {NumberText.Write(range.Min)}",
            (_, AxisSpec.Range interval, AxisSpec.Values) when spec.Search.Strategy.Draws() =>
                $"{condition.Axis} is an interval, of which single values are as good as never drawn; give {{min: ..., max: ...}} within {Ends(interval)}",
            (_, AxisSpec.Range interval, AxisSpec.Range range) when spec.Search.Strategy.Draws() =>
                range.Max < interval.Min || range.Min > interval.Max ? $"lies outside {Ends(interval)}, the interval of {condition.Axis}" : null,
            (_, { } other, AxisSpec.Values list) => Untaken(condition, AxisGrid.Of(other), list),
            (_, { } other, AxisSpec.Range) => AxisGrid.Of(other).Any(condition.IsMetBy) ? null : $"holds none of the values of {condition.Axis}: {Listed(condition, AxisGrid.Of(other))}",
            _ => "must be a value, a list, or {min: ..., max: ...}",
        };
        return complaint is null ? null : new SpecProblem(path, AxisWhenReader.WriteAmong(condition), complaint);
    }

    private static string? Untaken(AxisCondition condition, ImmutableArray<double> taken, AxisSpec.Values list)
    {
        ImmutableArray<double> never = [.. list.List.Where(value => !taken.Contains(value))];
        return never.IsEmpty
            ? null
            : $"{Listed(condition, never)} {(never.Length == 1 ? "is a value" : "are values")} that {condition.Axis} never takes; it takes {Listed(condition, taken)}";
    }

    private static string Listed(AxisCondition condition, ImmutableArray<double> values)
    {
        IEnumerable<string> words = values.Take(MostListed)
            .Select(value => AxisWhenReader.WriteAmong(condition with { Among = new AxisSpec.Values([value]) }));
        return string.Join(", ", words) + (values.Length > MostListed ? ", ..." : "");
    }

    private static string Ends(AxisSpec.Range interval) => $"[{NumberText.Write(interval.Min)}, {NumberText.Write(interval.Max)}]";
}
