using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs.Fields;

namespace Sweeper.Contracts.Specs;

/// <summary>A setting in which two specs differ.</summary>
/// <param name="Path">Path of the setting, such as <c>training.epochs</c>.</param>
/// <param name="Before">Its value in the first spec, as one would write it.</param>
/// <param name="After">Its value in the second spec, as one would write it.</param>
public sealed record SpecDifference(string Path, string Before, string After)
{
    /// <summary>Every difference, in the order of the reference; empty exactly where the specs are equal.</summary>
    public static ImmutableArray<SpecDifference> Between(SweepSpec before, SweepSpec after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var differences = ImmutableArray.CreateBuilder<SpecDifference>();
        foreach (SpecField field in SpecTable.Fields.Where(field => !before.HasNo(field) || !after.HasNo(field)))
        {
            Compare(field.Path, field.Write(before), field.Write(after));
        }

        Compare("purpose", before.Purpose.ToString(), after.Purpose.ToString());
        Compare("trainer files", before.Trainer?.Content ?? "unseen", after.Trainer?.Content ?? "unseen");
        Compare("repeat", Words(before.Repeat), Words(after.Repeat));
        return differences.ToImmutable();

        void Compare(string path, string first, string second)
        {
            if (first != second)
            {
                differences.Add(new SpecDifference(path, first, second));
            }
        }
    }

    private static string Words(TrialRepeat? repeat) => repeat is null ? "nothing" : $"{repeat.Configuration}, seed {repeat.Seed}, {repeat.Plan}";

    /// <summary>One line for a person.</summary>
    public override string ToString() => $"{Path}: {Before} -> {After}";
}
