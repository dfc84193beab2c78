using System.Collections.Immutable;

namespace Sweeper.Contracts.Specs.Reading;

/// <summary>One value of a spec file as written, with its place.</summary>
/// <param name="Line">Line, counted from 1.</param>
/// <param name="Column">Column, counted from 1.</param>
internal abstract record SpecNode(int Line, int Column)
{
    private const int LongestQuote = 80;

    /// <summary>The value as written, on one line, shortened where it is long.</summary>
    public string Written
    {
        get
        {
            string text = new([.. Flow().Select(c => char.IsControl(c) ? ' ' : c)]);
            return text.Length <= LongestQuote ? text : string.Concat(text.AsSpan(0, LongestQuote - 3), "...");
        }
    }

    /// <summary>What kind of value it is, for messages.</summary>
    public abstract string Kind { get; }

    private protected abstract string Flow();

    /// <summary>A single word, number or text.</summary>
    /// <param name="Text">Content without quotes.</param>
    /// <param name="Quoted">Whether it was written in quotes.</param>
    /// <param name="Line">Line, counted from 1.</param>
    /// <param name="Column">Column, counted from 1.</param>
    internal sealed record Scalar(string Text, bool Quoted, int Line, int Column) : SpecNode(Line, Column)
    {
        /// <summary>Whether nothing was written, or an explicit null.</summary>
        public bool IsNull => !Quoted && Text is "" or "~" or "null" or "Null" or "NULL";

        /// <inheritdoc/>
        public override string Kind => IsNull ? "nothing" : "a single value";

        private protected override string Flow() => IsNull ? "nothing" : Quoted ? $"\"{Text}\"" : Text;
    }

    /// <summary>Values in order.</summary>
    /// <param name="Items">The values.</param>
    /// <param name="Line">Line, counted from 1.</param>
    /// <param name="Column">Column, counted from 1.</param>
    internal sealed record List(ImmutableArray<SpecNode> Items, int Line, int Column) : SpecNode(Line, Column)
    {
        /// <inheritdoc/>
        public override string Kind => "a list";

        // A long list is cut before it is joined: a hostile file must not make a long message.
        private protected override string Flow() => $"[{string.Join(", ", Items.Take(LongestQuote).Select(item => item.Written))}]";
    }

    /// <summary>Keys with their values, in order.</summary>
    /// <param name="Entries">The entries; a key may occur twice, which its reader reports.</param>
    /// <param name="Line">Line, counted from 1.</param>
    /// <param name="Column">Column, counted from 1.</param>
    internal sealed record Map(ImmutableArray<SpecEntry> Entries, int Line, int Column) : SpecNode(Line, Column)
    {
        /// <inheritdoc/>
        public override string Kind => "a group of keys";

        private protected override string Flow() =>
            $"{{{string.Join(", ", Entries.Take(LongestQuote).Select(entry => $"{entry.Key}: {entry.Value.Written}"))}}}";
    }
}

/// <summary>A key with its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Line">Line of the key, counted from 1.</param>
/// <param name="Value">Its value.</param>
internal sealed record SpecEntry(string Key, int Line, SpecNode Value);
