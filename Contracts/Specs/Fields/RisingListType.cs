using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Numbers that rise from one to the next.</summary>
/// <param name="range">Range of each.</param>
/// <param name="fewest">Fewest numbers that make sense.</param>
internal sealed class RisingListType(NumberRange range, int fewest) : FieldType<ImmutableArray<double>>
{
    /// <inheritdoc/>
    public override string Words => $"list of rising {range.Kinds}, each {range.Words}";

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out ImmutableArray<double> value)
    {
        value = [];
        if (node is not SpecNode.List list)
        {
            scope.Report(path, $"must be a list such as [{NumberText.Write(Example(1))}, {NumberText.Write(Example(2))}], not {node.Kind}");
            return false;
        }

        var numbers = ImmutableArray.CreateBuilder<double>(list.Items.Length);
        for (int i = 0; i < list.Items.Length; i++)
        {
            string at = $"{path}[{i}]";
            scope.Place(at, list.Items[i].Line, list.Items[i]);
            if (range.TryRead(list.Items[i], at, scope, out double number))
            {
                numbers.Add(number);
            }
        }

        value = numbers.DrainToImmutable();
        return value.Length == list.Items.Length;
    }

    /// <inheritdoc/>
    public override string Write(ImmutableArray<double> value) =>
        value.IsDefault ? "[]" : $"[{string.Join(", ", value.Select(NumberText.Write))}]";

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, ImmutableArray<double> value)
    {
        if (value.IsDefault || value.Length < fewest)
        {
            yield return new SpecProblem(path, Write(value), $"must list at least {fewest} value{(fewest == 1 ? "" : "s")}, each {range.Words}");
            yield break;
        }

        for (int i = 0; i < value.Length; i++)
        {
            string? complaint = range.Complaint(value[i])
                ?? (i > 0 && value[i] <= value[i - 1] ? $"must be greater than {NumberText.Write(value[i - 1])} before it" : null);
            if (complaint is not null)
            {
                yield return new SpecProblem($"{path}[{i}]", NumberText.Write(value[i]), complaint);
            }
        }
    }

    /// <inheritdoc/>
    public override JsonObject Schema() =>
        new() { ["type"] = "array", ["minItems"] = fewest, ["items"] = range.Schema() };

    private double Example(int place) => range.Whole ? place : place / 3.0 * 1.5;
}

/// <summary>Rising whole numbers.</summary>
internal sealed class RisingWholeListType(NumberRange range) : FieldType<ImmutableArray<int>>
{
    private readonly RisingListType _inner = new(range, fewest: 0);

    /// <inheritdoc/>
    public override string Words => _inner.Words;

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out ImmutableArray<int> value)
    {
        bool read = _inner.TryRead(node, path, scope, out ImmutableArray<double> numbers);

        // A number beyond int is beyond every range as well; the clamped one is reported with the text as written.
        value = [.. numbers.Select(number => (int)Math.Clamp(number, int.MinValue, int.MaxValue))];
        return read;
    }

    /// <inheritdoc/>
    public override string Write(ImmutableArray<int> value) => _inner.Write(Widen(value));

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, ImmutableArray<int> value) => _inner.Check(path, Widen(value));

    /// <inheritdoc/>
    public override JsonObject Schema() => _inner.Schema();

    private static ImmutableArray<double> Widen(ImmutableArray<int> value) =>
        value.IsDefault ? default : [.. value.Select(number => (double)number)];
}
