using System.Collections.Immutable;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>A group of fields.</summary>
/// <param name="path">Path in the file; empty for the whole.</param>
internal sealed class SpecSection(string path) : SpecItem(path)
{
    /// <summary>Fields and sections, in the order of the reference.</summary>
    public required ImmutableArray<SpecItem> Items { get; init; }

    /// <summary>Field that a single value in place of the group stands for; null: none.</summary>
    public SpecField? Shorthand { get; init; }

    /// <summary>Every field in it, at any depth.</summary>
    public IEnumerable<SpecField> Fields => Items.SelectMany(item =>
        item is SpecSection section ? section.Fields : [(SpecField)item]);
}
