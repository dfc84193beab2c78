using Sweeper.Contracts.Specs.Fields;

namespace Sweeper.Contracts.Specs.Reading;

/// <summary>Reads nodes into values, section by section, as the table of fields says.</summary>
internal sealed class SectionReader(ReadScope scope, SpecValues values)
{
    /// <summary>Reads a whole spec.</summary>
    public void Read(SpecNode root)
    {
        scope.Place("", root.Line, root);
        ReadSection(SpecTable.Root, root);
        foreach (SpecField field in SpecTable.Fields.Where(field => field.Required && !IsGiven(field) && (field.Alternative is not { } other || !IsGiven(other))))
        {
            string or = field.Alternative is { } alternative ? $" or {alternative.Path}" : "";
            scope.Report(field.Path, $"is missing, and every spec needs it{or}; such as {Suggestion(field)}");
        }
    }

    private bool IsGiven(SpecField field) => scope.IsWritten(field.Path) || scope.IsFaulty(field.Path);

    /// <summary>What one would write to give a field, with its section where that is missing as well.</summary>
    private string Suggestion(SpecField field)
    {
        SpecSection section = SpecTable.Sections.Single(section => section.Items.Contains(field));
        return section.Path.Length == 0 || scope.IsWritten(section.Path) ? $"{field.Key}: {field.Example}"
            : section.Shorthand == field ? $"{section.Path}: {field.Example}"
            : $"{section.Path}: {{{field.Key}: {field.Example}}}";
    }

    private void ReadSection(SpecSection section, SpecNode node)
    {
        switch (node)
        {
            case SpecNode.Map map:
                ReadMap(section, map);
                break;
            case SpecNode.Scalar { IsNull: true }:
                // Every key of a section may be commented out.
                break;
            case SpecNode.Scalar when section.Shorthand is { } shorthand:
                scope.PlaceAs(shorthand.Path, section.Path);
                shorthand.Read(node, shorthand.Path, scope, values);
                break;
            default:
                string what = section.Path.Length == 0 ? "a spec" : section.Path;
                scope.Report(section.Path, $"{what} must be a group of keys ({string.Join(", ", section.Items.Select(item => item.Key))}), not {node.Kind}");
                break;
        }
    }

    private void ReadMap(SpecSection section, SpecNode.Map map)
    {
        KnownKey[] known = [.. section.Items.Select(item => new KnownKey(item.Key, item.OtherWords))];
        Dictionary<string, SpecNode> nodes = MapReader.Read(map, section.Path, known, Elsewhere, scope);
        foreach (SpecItem item in section.Items)
        {
            if (!nodes.TryGetValue(item.Key, out SpecNode? node))
            {
                continue;
            }

            switch (item)
            {
                case SpecSection inner:
                    ReadSection(inner, node);
                    break;
                case SpecField field:
                    field.Read(node, field.Path, scope, values);
                    break;
            }
        }
    }

    /// <summary>Path of a key that stands in the wrong group; null where no group has it.</summary>
    private static string? Elsewhere(string key) =>
        SpecTable.Sections.SelectMany(section => section.Items).FirstOrDefault(item => item.Key == key)?.Path;
}
