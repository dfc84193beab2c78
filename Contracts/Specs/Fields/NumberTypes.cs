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
