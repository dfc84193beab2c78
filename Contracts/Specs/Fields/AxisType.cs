using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>An axis of the search: a value, a list, an interval, bounds from the cell's range test, or the largest batch.</summary>
/// <param name="range">Range of each value.</param>
/// <param name="log">Whether an interval without a scale is even in the logarithm.</param>
/// <param name="rangeTest">Whether bounds can come from a range test.</param>
/// <param name="largest">Whether its values can be the largest batch and its halves.</param>
internal sealed class AxisType(NumberRange range, bool log, bool rangeTest, bool largest = false) : FieldType<AxisSpec>
{
    /// <summary>The word, and the key, for bounds from a range test.</summary>
    public const string RangeTestWord = "range_test";

    /// <summary>The word, and the key, for the largest batch that fits.</summary>
    public const string LargestWord = "largest";

    /// <summary>What the word <c>range_test</c> alone means.</summary>
    public static readonly AxisSpec.FromRangeTest DefaultRangeTest = new(Low: 0.25, High: 1, Points: 1);

    /// <summary>Range of each value.</summary>
    public NumberRange Range => range;

    /// <summary>Whether an interval without a scale is even in the logarithm.</summary>
    public bool LogByDefault => log;

    /// <summary>Whether bounds can come from a range test.</summary>
    public bool AllowsRangeTest => rangeTest;

    /// <summary>Whether its values can be the largest batch and its halves.</summary>
    public bool AllowsLargest => largest;

    /// <inheritdoc/>
    public override string Words =>
        $"value, list or interval of {range.Kinds}, each {range.Words}{(rangeTest ? $"; or `{RangeTestWord}`" : "")}{(largest ? $"; or `{LargestWord}`" : "")}";

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out AxisSpec value)
    {
        AxisSpec? read = node switch
        {
            SpecNode.Scalar { Text: RangeTestWord } => RangeTest(path, scope, DefaultRangeTest),
            SpecNode.Scalar { Text: LargestWord } => Largest(path, scope, new AxisSpec.Largest(1)),
            SpecNode.List list => ReadList(list, path, scope),
            SpecNode.Map map => new AxisMapReader(this, path, scope).Read(map),
            _ => range.TryRead(node, path, scope, out double number) ? new AxisSpec.Values([number]) : null,
        };
        value = read ?? new AxisSpec.Values([]);
        return read is not null;
    }

    /// <summary>An axis from a range test; reports where it makes no sense.</summary>
    public AxisSpec? RangeTest(string path, ReadScope scope, AxisSpec.FromRangeTest axis)
    {
        if (rangeTest)
        {
            return axis;
        }

        scope.Report(path, "a range test bounds max_lr alone; give a value, a list or an interval");
        return null;
    }

    /// <summary>An axis of the largest batch; reports where it makes no sense.</summary>
    public AxisSpec? Largest(string path, ReadScope scope, AxisSpec.Largest axis)
    {
        if (largest)
        {
            return axis;
        }

        scope.Report(path, AxisCheck.LargestElsewhere);
        return null;
    }

    /// <inheritdoc/>
    public override string Write(AxisSpec value) => value switch
    {
        { When: { } rule } => $"{{{Inner(value with { When = null })}, {AxisWhenReader.Write(rule)}}}",
        AxisSpec.Stepped stepped =>
            $"{{{AxisKeys.Min.Word}: {NumberText.Write(stepped.Min)}, {AxisKeys.Max.Word}: {NumberText.Write(stepped.Max)}, {AxisKeys.Step.Word}: {NumberText.Write(stepped.Step)}}}",
        AxisSpec.Values { List: [double single] } => NumberText.Write(single),
        AxisSpec.Values list => list.List.IsDefault ? "[]" : $"[{string.Join(", ", list.List.Select(NumberText.Write))}]",
        AxisSpec.Range interval =>
            $"{{{(interval.Log ? AxisKeys.Log.Word : AxisKeys.Linear.Word)}: [{NumberText.Write(interval.Min)}, {NumberText.Write(interval.Max)}]"
            + (interval.Points == 0 ? "}" : $", {AxisKeys.Points.Word}: {interval.Points}}}"),
        AxisSpec.FromRangeTest test when test == DefaultRangeTest => RangeTestWord,
        AxisSpec.FromRangeTest test =>
            $"{{{RangeTestWord}: {{low: {NumberText.Write(test.Low)}, high: {NumberText.Write(test.High)}, points: {test.Points}}}}}",
        AxisSpec.Largest { Points: 1 } => LargestWord,
        AxisSpec.Largest several => $"{{{LargestWord}: {several.Points}}}",
        _ => "null",
    };

    /// <summary>What stands between the braces of an axis that is written as a group.</summary>
    private string Inner(AxisSpec value)
    {
        string text = Write(value);
        return value is AxisSpec.Values list ? $"{AxisKeys.Values.Word}: [{string.Join(", ", list.List.Select(NumberText.Write))}]"
            : text.StartsWith('{') ? text[1..^1]
            : text;
    }

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, AxisSpec value) => AxisCheck.Of(this, path, value);

    /// <inheritdoc/>
    public override JsonObject Schema() => AxisKeys.Schema(this);

    /// <summary>Reads a list of values; null where a problem was reported.</summary>
    public AxisSpec.Values? ReadList(SpecNode.List list, string path, ReadScope scope)
    {
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

        return numbers.Count == list.Items.Length ? new AxisSpec.Values(numbers.DrainToImmutable()) : null;
    }
}
