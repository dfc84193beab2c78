using System.Text.Json.Nodes;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>A whole number.</summary>
internal sealed class WholeType(int min, int max = int.MaxValue) : FieldType<int>
{
    private readonly NumberRange _range = new(min, max) { Whole = true };

    /// <inheritdoc/>
    public override string Words => $"{_range.Kind}, {_range.Words}";

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out int value)
    {
        value = 0;
        if (!_range.TryRead(node, path, scope, out double number))
        {
            return false;
        }

        if (number is < int.MinValue or > int.MaxValue)
        {
            scope.Report(path, $"must be {_range.Words}");
            return false;
        }

        value = (int)number;
        return true;
    }

    /// <inheritdoc/>
    public override string Write(int value) => NumberText.Write(value);

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, int value) =>
        _range.Complaint(value) is { } complaint ? [new SpecProblem(path, Write(value), complaint)] : [];

    /// <inheritdoc/>
    public override JsonObject Schema() => _range.Schema();
}
