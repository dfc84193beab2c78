using System.Text.Json.Nodes;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>A value that may also be absent.</summary>
/// <param name="inner">Type of the value where there is one.</param>
/// <param name="absent">Word for its absence, such as <c>all</c>.</param>
internal sealed class OptionalType<T>(FieldType<T> inner, string absent) : FieldType<T?>
    where T : struct
{
    /// <inheritdoc/>
    public override string Words => $"{inner.Words}; or {absent}";

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out T? value)
    {
        value = null;
        if (node is SpecNode.Scalar scalar && (scalar.IsNull || scalar.Text == absent))
        {
            return true;
        }

        bool read = inner.TryRead(node, path, scope, out T present);
        value = read ? present : null;
        return read;
    }

    /// <inheritdoc/>
    public override string Write(T? value) => value is { } present ? inner.Write(present) : absent;

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, T? value) =>
        value is { } present ? inner.Check(path, present) : [];

    /// <inheritdoc/>
    public override JsonObject Schema() =>
        new() { ["anyOf"] = new JsonArray(inner.Schema(), new JsonObject { ["enum"] = new JsonArray(absent, null) }) };
}
