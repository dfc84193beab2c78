using System.Collections.Immutable;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sweeper.Contracts.Specs.Reading;

/// <summary>
/// Reads YAML, and so JSON, into nodes with their lines. Works on the parser's events, because the representation model
/// throws on duplicate keys and follows aliases, both of which are to be reported instead.
/// </summary>
internal static class YamlTree
{
    /// <summary>Largest text that is read, in bytes of UTF-8: 1 MiB.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>Deepest nesting of lists and groups that is read.</summary>
    public const int MostDepth = 20;

    /// <summary>Most values and keys that are read: a text of this size could hold half a million.</summary>
    public const int MostNodes = 20_000;

    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Reads a text.</summary>
    /// <returns>The root; null where the text holds nothing but comments.</returns>
    /// <exception cref="SpecSyntaxException">The text is no YAML, too large, too deep, holds too many values, or uses aliases, tags or several documents.</exception>
    public static SpecNode? Read(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > MostBytes)
        {
            throw new SpecSyntaxException($"the spec is larger than {MostBytes / 1024} KiB, which no sweep needs; is it the right file?", 1);
        }

        var parser = new Parser(new StringReader(text.TrimStart(ByteOrderMark)));
        try
        {
            return ReadDocument(parser);
        }
        catch (YamlException problem)
        {
            throw YamlComplaint.Explain(problem.Message, problem.Start, text);
        }
        catch (Exception problem) when (problem is InvalidOperationException or ArgumentException or EndOfStreamException)
        {
            // YamlDotNet 16.3 throws these instead of its own at some faulty texts, such as a '{' that is never closed.
            throw YamlComplaint.Explain(YamlComplaint.Unclosed, parser.Current?.End ?? Mark.Empty, text);
        }
    }

    private static SpecNode? ReadDocument(Parser parser)
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            return null;
        }

        parser.Consume<DocumentStart>();
        SpecNode root = ReadNode(parser, depth: 1, new Budget());
        parser.Consume<DocumentEnd>();
        if (!parser.Accept<StreamEnd>(out _))
        {
            throw new SpecSyntaxException("a second document starts here; keep one spec per file", (int)parser.Current!.Start.Line);
        }

        return root;
    }

    private static SpecNode ReadNode(IParser parser, int depth, Budget budget)
    {
        ParsingEvent next = parser.Consume<ParsingEvent>();
        int line = (int)next.Start.Line;
        int column = (int)next.Start.Column;
        if (next is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
        {
            throw new SpecSyntaxException("anchors and aliases (&name, *name) are not read; write the value out in each place", line);
        }

        if (next is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } tag })
        {
            throw new SpecSyntaxException($"the tag {tag.Value} is not read; write the value alone", line);
        }

        if (depth > MostDepth)
        {
            throw new SpecSyntaxException($"values are nested deeper than {MostDepth} levels, which no spec needs", line);
        }

        if (++budget.Nodes > MostNodes)
        {
            throw new SpecSyntaxException($"there are more than {MostNodes} values up to here, which no spec needs", line);
        }

        switch (next)
        {
            case Scalar scalar:
                if (HalfCharacter(scalar.Value) is { } half)
                {
                    throw new SpecSyntaxException($"\\u{(int)half:X4} is half of a character, which nothing can store; write the whole character", line);
                }

                return new SpecNode.Scalar(scalar.Value, scalar.Style != ScalarStyle.Plain, line, column);
            case SequenceStart:
                var items = ImmutableArray.CreateBuilder<SpecNode>();
                while (!parser.TryConsume<SequenceEnd>(out _))
                {
                    items.Add(ReadNode(parser, depth + 1, budget));
                }

                return new SpecNode.List(items.ToImmutable(), line, column);
            default:
                return ReadMap(parser, depth, line, column, budget);
        }
    }

    private static SpecNode.Map ReadMap(IParser parser, int depth, int line, int column, Budget budget)
    {
        var entries = ImmutableArray.CreateBuilder<SpecEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            SpecNode key = ReadNode(parser, depth + 1, budget);
            if (key is not SpecNode.Scalar word)
            {
                throw new SpecSyntaxException("a key must be a single word", key.Line);
            }

            entries.Add(new SpecEntry(word.Text, word.Line, ReadNode(parser, depth + 1, budget)));
        }

        return new SpecNode.Map(entries.ToImmutable(), line, column);
    }

    /// <summary>Half of a surrogate pair that stands alone; null: there is none. An escape or a setting can hold one, a file cannot.</summary>
    private static char? HalfCharacter(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !char.IsSurrogatePair(text, i++))
            {
                return text[i - 1];
            }
        }

        return null;
    }

    /// <summary>What has been read so far.</summary>
    private sealed class Budget
    {
        public int Nodes { get; set; }
    }
}
