using System.Collections.Immutable;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Reads where an axis applies, and writes it.</summary>
internal sealed class AxisWhenReader(AxisType type, string path, ReadScope scope)
{
    /// <summary>The condition among the keys of an axis; null where there is none, or where a problem was reported.</summary>
    public AxisWhen? Read(Dictionary<string, SpecNode> values)
    {
        double? elsewhere = null;
        if (values.TryGetValue(AxisKeys.Else.Word, out SpecNode? other))
        {
            string at = $"{path}.{AxisKeys.Else.Word}";
            if (!values.ContainsKey(AxisKeys.When.Word))
            {
                scope.Report(at, "has no effect without when; remove it");
            }
            else if (type.Range.TryRead(other, at, scope, out double value))
            {
                elsewhere = value;
            }
        }

        if (!values.TryGetValue(AxisKeys.When.Word, out SpecNode? node))
        {
            return null;
        }

        string whenPath = $"{path}.{AxisKeys.When.Word}";
        if (node is not SpecNode.Map map)
        {
            scope.Report(whenPath, $"must be a group such as {{batch_size: [512, 1024]}}, not {node.Kind}");
            return null;
        }

        IEnumerable<SpecField> fields = [DataFields.TrainSize, .. SearchFields.Axes];
        KnownKey[] known = [.. AxisRanges.Conditions.Select(axis => new KnownKey(axis.Axis, fields.Single(field => field.Key == axis.Axis).OtherWords))];
        Dictionary<string, SpecNode> conditions = MapReader.Read(map, whenPath, known, _ => null, scope);
        var read = ImmutableArray.CreateBuilder<AxisCondition>();
        foreach ((string axis, NumberRange? range) in AxisRanges.Conditions)
        {
            if (conditions.TryGetValue(axis, out SpecNode? written) && Among(range, written, $"{whenPath}.{axis}") is { } among)
            {
                read.Add(new AxisCondition(axis, among));
            }
        }

        return new AxisWhen(read.ToImmutable(), elsewhere);
    }

    /// <summary><c>when: {...}, else: ...</c>.</summary>
    public static string Write(AxisWhen when) =>
        $"{AxisKeys.When.Word}: {{{string.Join(", ", when.Conditions.Select(condition => $"{condition.Axis}: {WriteAmong(condition)}"))}}}"
        + (when.Else is { } value ? $", {AxisKeys.Else.Word}: {NumberText.Write(value)}" : "");

    /// <summary>The values of a condition as they are written.</summary>
    public static string WriteAmong(AxisCondition condition)
    {
        Func<double, string> one = condition.Axis == SearchAxes.TrainSize ? TrainSizeType.WriteOne : NumberText.Write;
        return condition.Among switch
        {
            AxisSpec.Values { List: [double only] } => one(only),
            AxisSpec.Values list => $"[{string.Join(", ", list.List.Select(one))}]",
            AxisSpec.Range range => $"{{{AxisKeys.Min.Word}: {NumberText.Write(range.Min)}, {AxisKeys.Max.Word}: {NumberText.Write(range.Max)}}}",
            _ => "null",
        };
    }

    private AxisSpec? Among(NumberRange? range, SpecNode node, string at)
    {
        switch (node)
        {
            case SpecNode.Map map when range is not null:
                return Between(range, map, at);
            case SpecNode.List list:
                return List(range, list, at);
            default:
                return One(range, node, at, out double only) ? new AxisSpec.Values([only]) : null;
        }
    }

    private AxisSpec.Values? List(NumberRange? range, SpecNode.List list, string at)
    {
        var values = ImmutableArray.CreateBuilder<double>(list.Items.Length);
        for (int i = 0; i < list.Items.Length; i++)
        {
            scope.Place($"{at}[{i}]", list.Items[i].Line, list.Items[i]);
            if (One(range, list.Items[i], $"{at}[{i}]", out double value))
            {
                values.Add(value);
            }
        }

        return values.Count == list.Items.Length ? new AxisSpec.Values(values.DrainToImmutable()) : null;
    }

    private AxisSpec.Range? Between(NumberRange range, SpecNode.Map map, string at)
    {
        int problems = scope.Count;
        Dictionary<string, SpecNode> ends = MapReader.Read(map, at, AxisKeys.Known([AxisKeys.Min, AxisKeys.Max]), _ => null, scope);
        if (scope.Count > problems)
        {
            return null;
        }

        if (ends.Count != 2)
        {
            scope.Report(at, "an interval needs both min and max");
            return null;
        }

        bool low = range.TryRead(ends[AxisKeys.Min.Word], $"{at}.{AxisKeys.Min.Word}", scope, out double min);
        bool high = range.TryRead(ends[AxisKeys.Max.Word], $"{at}.{AxisKeys.Max.Word}", scope, out double max);
        return low && high ? new AxisSpec.Range(min, max, Log: false, Points: 0) : null;
    }

    private bool One(NumberRange? range, SpecNode node, string at, out double value) =>
        range is null ? TrainSizeType.TryReadOne(node, at, scope, out value) : range.TryRead(node, at, scope, out value);
}
