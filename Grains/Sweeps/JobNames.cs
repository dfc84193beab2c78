using System.Globalization;
using Sweeper.Contracts.Jobs;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Sweeps;

/// <summary>Short names of jobs, as users type them.</summary>
internal static class JobNames
{
    /// <summary>Reads <c>T-0012</c>, <c>t-12</c> or <c>R-003</c>.</summary>
    /// <returns>Whether the sweep has that job.</returns>
    public static bool TryParse(SweepState state, string text, out JobKey key)
    {
        key = default;
        if (text.Length < 3 || text[1] != '-' || !int.TryParse(text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return false;
        }

        (JobKind? kind, int count) = char.ToUpperInvariant(text[0]) switch
        {
            'T' => ((JobKind?)JobKind.Trial, state.Trials.Count),
            'R' => (JobKind.RangeTest, state.Cells.Count),
            _ => (null, 0),
        };
        if (kind is null || number < 1 || number > count)
        {
            return false;
        }

        key = new JobKey(state.Spec.Name, kind.Value, number);
        return true;
    }
}
