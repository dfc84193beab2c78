using System.Diagnostics;
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
        AxisSpec.Values { List: { Length: > MostListed } list } => $"{HumanText.Rate(list.Min())} to {HumanText.Rate(list.Max())} ({HumanText.Count(list.Length, "value")})",
        AxisSpec.Values values => string.Join(" / ", values.List.Select(value => HumanText.Rate(value))),
        AxisSpec.Range range => $"{HumanText.Rate(range.Min)} to {HumanText.Rate(range.Max)}{(range.Log ? ", even in the logarithm" : "")}",
        AxisSpec.FromRangeTest test => $"{HumanText.Rate(test.Low)} to {HumanText.Rate(test.High)} of what the cell's range test suggests",
        _ => throw new UnreachableException(),
    };
}
