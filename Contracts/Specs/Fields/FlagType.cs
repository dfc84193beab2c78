using System.Text.Json.Nodes;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>True or false.</summary>
internal sealed class FlagType : FieldType<bool>
{
    /// <inheritdoc/>
    public override string Words => "true or false";

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out bool value)
    {
        value = false;
        if (node is SpecNode.Scalar { Quoted: false } scalar && bool.TryParse(scalar.Text, out value))
        {
            return true;
        }

        scope.Report(path, "must be true or false");
        return false;
    }

    /// <inheritdoc/>
    public override string Write(bool value) => value ? "true" : "false";

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, bool value) => [];

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "boolean" };
}
