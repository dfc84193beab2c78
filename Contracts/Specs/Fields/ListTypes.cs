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

/// <summary>Momentum over a run.</summary>
/// <param name="High">Where the learning rate is low.</param>
/// <param name="Low">At the peak learning rate.</param>
internal readonly record struct MomentumRange(double High, double Low);

/// <summary>Momentum: high and low, or one number for both.</summary>
internal sealed class MomentumType : FieldType<MomentumRange>
{
    private static readonly NumberRange Each = new(0, 1) { BelowMax = true };

    /// <inheritdoc/>
    public override string Words => $"[high, low] or one number, each {Each.Words}";

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out MomentumRange value)
    {
        value = default;
        if (node is SpecNode.Scalar)
        {
            bool read = Each.TryRead(node, path, scope, out double single);
            value = new MomentumRange(single, single);
            return read;
        }

        if (node is not SpecNode.List { Items.Length: 2 } pair)
        {
            scope.Report(path, "must be one number, or [high, low] such as [0.95, 0.85]");
            return false;
        }

        scope.Place($"{path}[0]", pair.Items[0].Line, pair.Items[0]);
        scope.Place($"{path}[1]", pair.Items[1].Line, pair.Items[1]);
        bool high = Each.TryRead(pair.Items[0], $"{path}[0]", scope, out double first);
        bool low = Each.TryRead(pair.Items[1], $"{path}[1]", scope, out double second);
        value = new MomentumRange(first, second);
        return high && low;
    }

    /// <inheritdoc/>
    public override string Write(MomentumRange value) => value.High == value.Low
        ? NumberText.Write(value.High)
        : $"[{NumberText.Write(value.High)}, {NumberText.Write(value.Low)}]";

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, MomentumRange value)
    {
        bool single = value.High == value.Low;
        if (Each.Complaint(value.High) is { } high)
        {
            yield return new SpecProblem(single ? path : $"{path}[0]", NumberText.Write(value.High), high);
        }

        if (!single && Each.Complaint(value.Low) is { } low)
        {
            yield return new SpecProblem($"{path}[1]", NumberText.Write(value.Low), low);
        }

        if (value.Low > value.High)
        {
            yield return new SpecProblem(path, Write(value), "must fall from high to low: momentum is lowest where the learning rate is highest");
        }
    }

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            Each.Schema(),
            new JsonObject { ["type"] = "array", ["minItems"] = 2, ["maxItems"] = 2, ["items"] = Each.Schema() }),
    };
}
