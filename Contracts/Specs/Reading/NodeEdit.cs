using Sweeper.Contracts.Specs.Fields;

namespace Sweeper.Contracts.Specs.Reading;

/// <summary>Sets single values in a tree, for settings on a command line.</summary>
internal static class NodeEdit
{
    /// <summary>The tree with one value set; groups on the way are made where they are missing, out of a shorthand where there is one.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="path">Path of the value, such as <c>training.epochs</c>.</param>
    /// <param name="value">The value as YAML.</param>
    /// <exception cref="SpecSyntaxException">The value is no YAML, or the path is empty.</exception>
    public static SpecNode Set(SpecNode root, string path, string value)
    {
        string[] keys = path.Split('.');
        if (keys.Any(key => key.Length == 0))
        {
            throw new SpecSyntaxException("must be keys joined by dots, such as training.epochs", 0, path);
        }

        if (root is not SpecNode.Map)
        {
            // Its reader reports the root; a setting must not paper over it.
            return root;
        }

        SpecNode? node;
        try
        {
            node = YamlTree.Read(value);
        }
        catch (SpecSyntaxException problem)
        {
            throw new SpecSyntaxException(problem.Message, 0, path, value);
        }

        return Set(root, "", keys, WithoutPlace(node ?? new SpecNode.Scalar("", Quoted: false, 0, 0)));
    }

    private static SpecNode.Map Set(SpecNode? outer, string path, ReadOnlySpan<string> keys, SpecNode value)
    {
        SpecNode.Map map = AsMap(outer, path);
        string key = keys[0];
        SpecEntry? old = map.Entries.FirstOrDefault(entry => entry.Key == key);
        bool last = keys.Length == 1;
        SpecNode inner = last ? value : Set(old?.Value, MapReader.Join(path, key), keys[1..], value);
        var entry = new SpecEntry(key, last ? 0 : old?.Line ?? 0, inner);
        return map with { Entries = old is null ? map.Entries.Add(entry) : map.Entries.Replace(old, entry) };
    }

    private static SpecNode.Map AsMap(SpecNode? node, string path)
    {
        if (node is SpecNode.Map map)
        {
            return map;
        }

        var empty = new SpecNode.Map([], node?.Line ?? 0, node?.Column ?? 0);
        SpecField? shorthand = SpecTable.Sections.FirstOrDefault(section => section.Path == path)?.Shorthand;
        return shorthand is not null && node is SpecNode.Scalar { IsNull: false }
            ? empty with { Entries = [new SpecEntry(shorthand.Key, node.Line, node)] }
            : empty;
    }

    /// <summary>A setting has no line in the file.</summary>
    private static SpecNode WithoutPlace(SpecNode node) => node switch
    {
        SpecNode.List list => list with { Line = 0, Items = [.. list.Items.Select(WithoutPlace)] },
        SpecNode.Map map => map with
        {
            Line = 0,
            Entries = [.. map.Entries.Select(entry => entry with { Line = 0, Value = WithoutPlace(entry.Value) })],
        },
        _ => node with { Line = 0 },
    };
}
