using System.Text.Json.Nodes;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>A number.</summary>
internal sealed class NumberType(NumberRange range) : FieldType<double>
{
    /// <inheritdoc/>
    public override string Words => $"{range.Kind}, {range.Words}";

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out double value) =>
        range.TryRead(node, path, scope, out value);

    /// <inheritdoc/>
    public override string Write(double value) => NumberText.Write(value);

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, double value) =>
        range.Complaint(value) is { } complaint ? [new SpecProblem(path, Write(value), complaint)] : [];

    /// <inheritdoc/>
    public override JsonObject Schema() => range.Schema();
}
