using System.Text;
using Sweeper.Contracts.Specs.Fields;

namespace Sweeper.Contracts.Specs;

/// <summary>A commented spec to start from.</summary>
public static class SpecTemplate
{
    private const int Width = 110;

    /// <summary>
    /// YAML that reads without problems. Every key is there: the ones that most sweeps set as they are, the others commented
    /// out, each with an example, so that taking the <c>#</c> away is enough.
    /// </summary>
    /// <param name="name">Name of the sweep.</param>
    /// <exception cref="ArgumentException">The name is none that a sweep may have.</exception>
    public static string Commented(string name)
    {
        if (!SpecPatterns.SweepName().IsMatch(name))
        {
            throw new ArgumentException($"'{name}' is no name for a sweep: it must be {SpecTable.Name.TypeWords}", nameof(name));
        }

        var text = new StringBuilder();
        Comment(text, "", SpecTable.Root.Doc + " A line of the form \"#key: example\" shows a key that has its default; take the # away to set it.");
        Write(SpecTable.Root, text, indent: "", name);
        return text.ToString();
    }

    private static void Write(SpecSection section, StringBuilder text, string indent, string name)
    {
        foreach (SpecItem item in section.Items)
        {
            if (item is SpecSection inner)
            {
                text.Append('\n');
                Comment(text, indent, inner.Doc);
                text.Append(indent).Append(inner.Key).Append(":\n");
                Write(inner, text, indent + "  ", name);
                continue;
            }

            var field = (SpecField)item;
            Comment(text, indent, field.Summary);
            string value = field == SpecTable.Name ? name : field.Example;
            text.Append(indent).Append(field.Prominent ? "" : "#").Append(field.Key).Append(": ").Append(value).Append('\n');
        }
    }

    private static void Comment(StringBuilder text, string indent, string words)
    {
        string line = indent + "#";
        foreach (string word in words.Split(' '))
        {
            if (line.Length + 1 + word.Length > Width)
            {
                text.Append(line).Append('\n');
                line = indent + "#";
            }

            line += " " + word;
        }

        text.Append(line).Append('\n');
    }
}
