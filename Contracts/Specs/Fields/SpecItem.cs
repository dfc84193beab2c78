using System.Collections.Immutable;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Something that a spec may say: a field, or a section of fields.</summary>
/// <param name="path">Path in the file, such as <c>training.epochs</c>; empty for the whole.</param>
internal abstract class SpecItem(string path)
{
    /// <summary>Path in the file, such as <c>training.epochs</c>; empty for the whole.</summary>
    public string Path { get; } = path;

    /// <summary>Last word of the path.</summary>
    public string Key => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>What it is, in one or two sentences.</summary>
    public required string Doc { get; init; }

    /// <summary>Words for the key that people use who come from other tools.</summary>
    public ImmutableArray<string> OtherWords { get; init; } = [];
}
