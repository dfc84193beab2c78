using System.Collections.Immutable;
using Sweeper.Contracts.Specs.Fields;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Rules;

/// <summary>Names of models and data sets, and what a data set needs.</summary>
internal static class NameRules
{
    public static readonly ImmutableArray<SpecRule> All =
    [
        new([DataFields.Set], (spec, names) => spec.Trainer is not null ? [] : Known(DataFields.Set, spec.Data.Set, "data set", names.DataSets)),
        new(
            [ModelFields.Name, ModelFields.Plugin, ModelFields.Script],
            (spec, names) => spec.Trainer is not null || spec.Model.IsOwn ? [] : Known(ModelFields.Name, spec.Model.Name, "model", names.Models)),
        SpecRule.Of([DataFields.Set, DataFields.Path], spec => spec.Data is { Path: null, Set: var set } && Needed(set) is { } needed
            ? new SpecProblem(DataFields.Path.Path, null, $"is missing; {set} needs {needed}")
            : null),
        SpecRule.Of([DataFields.Set, DataFields.Target], spec => spec.Data is { Set: KnownNames.Table, Target: null }
            ? new SpecProblem(DataFields.Target.Path, null, $"is missing; {KnownNames.Table} needs the name of the column that holds the classes")
            : null),
        SpecRule.Of([DataFields.Set, ModelFields.Name, ModelFields.Plugin, ModelFields.Script], spec => spec.Data.Set == KnownNames.Table && !spec.Model.IsOwn
            && KnownNames.BuiltIn.Models.Contains(spec.Model.Name) && !KnownNames.ForTables.Contains(spec.Model.Name)
            ? new SpecProblem(ModelFields.Name.Path, spec.Model.Name, $"is for images, {KnownNames.Table} has rows; use {string.Join(" or ", KnownNames.ForTables)}, or a set of images")
            : null),
    ];

    /// <summary>What the path of a user's own set names; null for the other sets.</summary>
    private static string? Needed(string set) => set switch
    {
        KnownNames.ImageFolder => "the folder that holds one folder of images per class",
        KnownNames.Table => "the .csv or .parquet file that holds the rows",
        KnownNames.Arrays => "the .npz file that holds x_train and y_train, or the folder of such .npy files",
        _ => null,
    };

    /// <summary>The set whose path a name looks like; null where it looks like none.</summary>
    private static string? SetOf(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".csv" or ".parquet" => KnownNames.Table,
        ".npz" or ".npy" => KnownNames.Arrays,
        _ => name.Contains('/', StringComparison.Ordinal) ? KnownNames.ImageFolder : null,
    };

    private static ImmutableArray<SpecProblem> Known(SpecField field, string name, string what, ImmutableArray<string> known)
    {
        if (known.Contains(name))
        {
            return [];
        }

        string? nearest = NearestName.Of(name, known);
        string hint = field == DataFields.Set && SetOf(name) is { } set ? $"a file or folder of your own is named by its path: {{set: {set}, path: {name}}}"
            : nearest is null ? $"known are {string.Join(", ", known)}" : $"did you mean {nearest}?";
        return [new SpecProblem(field.Path, name, $"no {what} of that name is known; {hint}")];
    }
}
