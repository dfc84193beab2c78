using System.Diagnostics;
using System.Globalization;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Reports.Sections;

/// <summary>Values that a hyperparameter may take, in words.</summary>
internal static class SpaceText
{
    // A longer list says no more than its ends.
    private const int MostListed = 6;

    /// <summary>Of an axis of the search.</summary>
    public static string Of(AxisSpec axis) => axis switch
    {
        { When: { } rule } => $"{Of(axis with { When = null })} where {string.Join(" and ", rule.Conditions.Select(Of))}, else {HumanText.Rate(SearchAxes.Elsewhere(axis))}",
        AxisSpec.Stepped stepped => $"{HumanText.Rate(stepped.Min)} to {HumanText.Rate(stepped.Max)} in steps of {HumanText.Rate(stepped.Step)}",
        AxisSpec.Values { List: { Length: > MostListed } list } => $"{HumanText.Rate(list.Min())} to {HumanText.Rate(list.Max())} ({HumanText.Count(list.Length, "value")})",
        AxisSpec.Values values => string.Join(" / ", values.List.Select(value => HumanText.Rate(value))),
        AxisSpec.Range range => $"{HumanText.Rate(range.Min)} to {HumanText.Rate(range.Max)}{(range.Log ? ", even in the logarithm" : "")}",
        AxisSpec.FromRangeTest test => $"{HumanText.Rate(test.Low)} to {HumanText.Rate(test.High)} of what the cell's range test suggests",
        _ => throw new UnreachableException(),
    };

    /// <summary>Numbers of training images that a sweep compares.</summary>
    public static string OfSizes(AxisSpec.Values sizes) =>
        string.Join(" / ", sizes.List.Select(size => size == DataSpec.All ? "all" : size.ToString(CultureInfo.InvariantCulture)));

    private static string Of(AxisCondition condition)
    {
        string name = condition.Axis.Replace('_', ' ');
        return condition.Axis == SearchAxes.TrainSize && condition.Among is AxisSpec.Values sizes ? $"{name} is {OfSizes(sizes)}" : $"{name} is {Of(condition.Among)}";
    }
}
