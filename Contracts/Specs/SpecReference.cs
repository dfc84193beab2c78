using System.Text;
using Sweeper.Contracts.Specs.Fields;

namespace Sweeper.Contracts.Specs;

/// <summary>The reference of specs as Markdown.</summary>
public static class SpecReference
{
    private const string Introduction =
        """
        <!-- Generated from Contracts/Specs/Fields: run tests/Unit with SWEEPER_UPDATE_GENERATED=1. -->
        # Specs

        A spec is a YAML file that says what a sweep is to do; JSON with the same keys is read as well. `sweeper init` writes a
        commented one, `sweeper validate FILE` checks one and names every problem with its line. `docs/sweep.schema.json` is
        its JSON Schema; an editor with YAML support completes and checks keys where a file starts with

        ```yaml
        # yaml-language-server: $schema=../docs/sweep.schema.json
        ```

        Unknown keys, keys given twice and keys that have no effect beside the others are errors. Numbers may be written as
        `0.1`, `1e-4`, where they are fractions as `10%`, where they are whole as `60k`; durations as `90s`, `30m`, `2h` or
        `1h30m`. A file has at most 1 MiB, one document, and no anchors or aliases.

        The smallest spec:

        ```yaml
        name: first
        data: fashion-mnist-10k
        model: small-cnn
        training: {epochs: 3}
        ```

        """;

    private const string AxisIntroduction =
        """
        ## Values of an axis

        Each key of `search.space` takes a value (`0.1`), a list (`[0.05, 0.1]`), an interval (`{log: [0.01, 1], points: 4}`,
        `{linear: [0, 0.5], points: 3}`, `{min: 0.01, max: 1, scale: log, points: 4}`, in steps `{min: 0, max: 0.5, step: 0.1}`),
        and `max_lr` also `range_test` or
        `{range_test: {low: 0.25, high: 1, points: 3}}`: bounds from the LR range test of the trial's own cell of batch size,
        weight decay and dropout, as fractions of the maximum that it suggests times `range_test.pull_back`.

        """;

    private const string WhenIntroduction =
        """
        ## Axes that apply beside values of others

        ```yaml
        search:
          space:
            batch_size: [128, 512, 1024]
            dropout: {values: [0, 0.1, 0.3], when: {batch_size: [512, 1024]}}
        ```

        Dropout is varied beside batch sizes 512 and 1024; beside 128 it has its value elsewhere, `else`, or else the first of its
        list (the least of an interval), here 0. So this is seven cells, not nine: no configuration is planned twice. `when` names
        one or more other axes, `train_size` among them, and all of it must hold. An axis that does not apply meets no condition
        of another. Values that the other axis never takes and circles are errors; of an interval that is drawn from, give a part,
        `{min: ..., max: ...}`. Grid, random and the samplers honour it; `super_convergence`, which moves one factor at a time,
        and bounds from range tests, of which each cell has its own, take no `when`.

        ## Limited data

        `data.train_size: [1000, 3000, 10000, all]` makes the number of training images a factor: nested, class-balanced subsets
        chosen by `seed`, all measured on the validation and test images of the largest. `training.steps` gives each as many steps.
        [limited-data.md](limited-data.md) says which images those are.

        """;

    /// <summary>The reference, with a newline at its end.</summary>
    public static string Write()
    {
        var text = new StringBuilder(Introduction.ReplaceLineEndings("\n")).Append('\n');
        foreach (SpecSection section in SpecTable.Sections)
        {
            text.Append(section.Path.Length == 0 ? "## Top level" : $"## `{section.Path}`").Append("\n\n").Append(section.Doc).Append("\n\n");
            Table(text, ["key", "value", "default", "meaning"], section.Items.Select(Row));
        }

        text.Append(AxisIntroduction.ReplaceLineEndings("\n")).Append('\n');
        Table(text, ["key", "meaning"], AxisKeys.OfInterval.Append(AxisKeys.RangeTest).Append(AxisKeys.Largest).Select(key => new[] { $"`{key.Word}`", key.Doc }));
        text.Append("Under `range_test`:\n\n");
        Table(text, ["key", "meaning"], AxisKeys.OfRangeTest.Select(key => new[] { $"`{key.Word}`", key.Doc }));
        text.Append(WhenIntroduction.ReplaceLineEndings("\n")).Append('\n');
        text.Append("## Names\n\n");
        Table(
            text,
            ["key", "names"],
            [
                [$"`{ModelFields.Name.Path}`", Names(KnownNames.BuiltIn.Models)],
                [$"`{DataFields.Set.Path}`", Names(KnownNames.BuiltIn.DataSets)],
            ]);
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static string[] Row(SpecItem item) => item switch
    {
        SpecField field =>
        [
            $"`{field.Key}`",
            field.TypeWords,
            field.Required ? field.Alternative is { } other ? $"required, or `{other.Key}`" : "required" : field.DefaultWords,
            field.Doc + (field.Only is { } only ? $" Only {only.Words}." : ""),
        ],
        SpecSection section => [$"`{section.Key}`", $"group, see `{section.Path}`", "", section.Doc],
        _ => [],
    };

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"`{name}`"));

    private static void Table(StringBuilder text, string[] head, IEnumerable<string[]> rows)
    {
        Line(head);
        Line([.. head.Select(_ => "---")]);
        foreach (string[] row in rows)
        {
            Line([.. row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))]);
        }

        text.Append('\n');

        void Line(string[] cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }
}
