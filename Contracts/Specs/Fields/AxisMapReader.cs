using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Reads an axis that is written as a group of keys.</summary>
internal sealed class AxisMapReader(AxisType type, string path, ReadScope scope)
{
    private const string Forms = "{log: [least, greatest]}, {linear: [least, greatest]}, {min: ..., max: ...} or {values: [...]}";

    /// <summary>The axis; null where a problem was reported.</summary>
    public AxisSpec? Read(SpecNode.Map map)
    {
        AxisKey[] keys = [.. AxisKeys.OfInterval, .. type.AllowsRangeTest ? [AxisKeys.RangeTest] : Array.Empty<AxisKey>(), .. type.AllowsLargest ? [AxisKeys.Largest] : Array.Empty<AxisKey>()];
        int problems = scope.Count;
        Dictionary<string, SpecNode> values = MapReader.Read(map, path, AxisKeys.Known(keys), _ => null, scope);
        if (scope.Count > problems)
        {
            return null;
        }

        string[] forms = [.. new[] { AxisKeys.Log, AxisKeys.Linear, AxisKeys.Max, AxisKeys.Min, AxisKeys.RangeTest, AxisKeys.Values, AxisKeys.Largest }
            .Select(key => key.Word)
            .Where(values.ContainsKey)];
        if (forms is not (["max", "min"] or []) && values.ContainsKey(AxisKeys.Step.Word))
        {
            return Fault("a step goes with min and max");
        }

        AxisSpec? axis = Of(forms, values);
        AxisWhen? when = axis is AxisSpec.FromRangeTest or AxisSpec.Largest ? null : new AxisWhenReader(type, path, scope).Read(values);
        return scope.Count > problems || axis is null ? null : when is null ? axis : axis with { When = when };
    }

    private AxisSpec? Of(string[] forms, Dictionary<string, SpecNode> values) => forms switch
    {
        ["values"] => Listed(values),
        ["max", "min"] when values.ContainsKey(AxisKeys.Step.Word) => Steps(values),
        ["log"] => Interval(values, "log", log: true),
        ["linear"] => Interval(values, "linear", log: false),
        ["max", "min"] => MinMax(values),
        ["max"] => Fault("an interval needs min as well as max"),
        ["min"] => Fault("an interval needs max as well as min"),
        [AxisType.RangeTestWord] => RangeTest(values),
        [AxisType.LargestWord] => Largest(values),
        [] => Fault($"must be a value, a list, or an interval written as {Forms}"),
        _ => Fault($"says more than one thing ({string.Join(", ", forms)}); use one of {Forms}"),
    };

    private AxisSpec.Values? Listed(Dictionary<string, SpecNode> values)
    {
        if (values.Keys.Intersect([AxisKeys.Scale.Word, AxisKeys.Points.Word]).FirstOrDefault() is { } idle)
        {
            scope.Report($"{path}.{idle}", "has no effect beside values; remove it");
            return null;
        }

        string at = $"{path}.{AxisKeys.Values.Word}";
        SpecNode node = values[AxisKeys.Values.Word];
        AxisSpec.Values? list = node is SpecNode.List several
            ? type.ReadList(several, at, scope)
            : type.Range.TryRead(node, at, scope, out double only) ? new AxisSpec.Values([only]) : null;
        for (int i = 0; list is not null && i < list.List.Length; i++)
        {
            scope.PlaceAs($"{path}[{i}]", $"{at}[{i}]");
        }

        return list;
    }

    private AxisSpec.Stepped? Steps(Dictionary<string, SpecNode> values)
    {
        if (values.Keys.Intersect([AxisKeys.Scale.Word, AxisKeys.Points.Word]).FirstOrDefault() is { } idle)
        {
            scope.Report($"{path}.{idle}", "has no effect beside step; remove it");
            return null;
        }

        bool low = type.Range.TryRead(values["min"], $"{path}.min", scope, out double min);
        bool high = type.Range.TryRead(values["max"], $"{path}.max", scope, out double max);
        bool step = type.Range.TryRead(values[AxisKeys.Step.Word], $"{path}.{AxisKeys.Step.Word}", scope, out double distance);
        return low && high && step ? new AxisSpec.Stepped(min, max, distance) : null;
    }

    private AxisSpec.Range? Interval(Dictionary<string, SpecNode> values, string form, bool log)
    {
        if (values.ContainsKey(AxisKeys.Scale.Word))
        {
            scope.Report($"{path}.{AxisKeys.Scale.Word}", $"has no effect beside {form}; remove it");
            return null;
        }

        string at = $"{path}.{form}";
        if (values[form] is not SpecNode.List { Items.Length: 2 } pair)
        {
            scope.Report(at, "must be the two ends of an interval, [least, greatest]");
            return null;
        }

        scope.Place($"{at}[0]", pair.Items[0].Line, pair.Items[0]);
        scope.Place($"{at}[1]", pair.Items[1].Line, pair.Items[1]);
        scope.PlaceAs($"{path}.min", $"{at}[0]");
        scope.PlaceAs($"{path}.max", $"{at}[1]");
        bool low = type.Range.TryRead(pair.Items[0], $"{at}[0]", scope, out double min);
        bool high = type.Range.TryRead(pair.Items[1], $"{at}[1]", scope, out double max);
        return Points(values) is { } points && low && high ? new AxisSpec.Range(min, max, log, points) : null;
    }

    private AxisSpec.Range? MinMax(Dictionary<string, SpecNode> values)
    {
        bool low = type.Range.TryRead(values["min"], $"{path}.min", scope, out double min);
        bool high = type.Range.TryRead(values["max"], $"{path}.max", scope, out double max);
        IntervalScale scale = type.LogByDefault ? IntervalScale.Log : IntervalScale.Linear;
        bool scaled = !values.TryGetValue(AxisKeys.Scale.Word, out SpecNode? node)
                      || AxisKeys.ScaleType.TryRead(node, $"{path}.{AxisKeys.Scale.Word}", scope, out scale);
        return Points(values) is { } points && low && high && scaled
            ? new AxisSpec.Range(min, max, scale == IntervalScale.Log, points)
            : null;
    }

    private AxisSpec? RangeTest(Dictionary<string, SpecNode> values)
    {
        if (values.ContainsKey(AxisKeys.When.Word))
        {
            return Fault("bounds from range tests apply in every cell, each of which has its own; give rates to use when");
        }

        if (values.Count > 1)
        {
            return Fault("says more than one thing; points and bounds of a range test go under range_test");
        }

        string at = $"{path}.{AxisType.RangeTestWord}";
        if (values[AxisType.RangeTestWord] is not SpecNode.Map map)
        {
            scope.Report(at, "must be a group such as {low: 0.25, high: 1, points: 3}");
            return null;
        }

        int problems = scope.Count;
        Dictionary<string, SpecNode> inner = MapReader.Read(map, at, AxisKeys.Known(AxisKeys.OfRangeTest), _ => null, scope);
        AxisSpec.FromRangeTest silent = AxisType.DefaultRangeTest;
        double low = Number(inner, AxisKeys.Low, AxisKeys.Fraction, at, silent.Low);
        double high = Number(inner, AxisKeys.High, AxisKeys.Fraction, at, silent.High);
        double points = Number(inner, AxisKeys.RangeTestPoints, AxisKeys.TestPoints, at, silent.Points);
        foreach (AxisKey key in AxisKeys.OfRangeTest)
        {
            scope.PlaceAs($"{path}.{key.Word}", $"{at}.{key.Word}");
        }

        return scope.Count == problems ? new AxisSpec.FromRangeTest(low, high, Clamp(points)) : null;
    }

    private AxisSpec.Largest? Largest(Dictionary<string, SpecNode> values)
    {
        string at = $"{path}.{AxisType.LargestWord}";
        if (values.Keys.FirstOrDefault(key => key != AxisType.LargestWord) is { } idle)
        {
            scope.Report($"{path}.{idle}", "has no effect beside largest; remove it");
            return null;
        }

        return AxisKeys.LargestPoints.TryRead(values[AxisType.LargestWord], at, scope, out double points) ? new AxisSpec.Largest(Clamp(points)) : null;
    }

    private int? Points(Dictionary<string, SpecNode> values)
    {
        if (!values.TryGetValue(AxisKeys.Points.Word, out SpecNode? node))
        {
            return 0;
        }

        return AxisKeys.IntervalPoints.TryRead(node, $"{path}.{AxisKeys.Points.Word}", scope, out double points)
            ? Given(Clamp(points))
            : null;
    }

    /// <summary>Zero in the record means "not given", so a zero that was given has to stay an error.</summary>
    private static int Given(int points) => points == 0 ? -1 : points;

    private double Number(Dictionary<string, SpecNode> values, AxisKey key, NumberRange range, string at, double silent) =>
        values.TryGetValue(key.Word, out SpecNode? node) && range.TryRead(node, $"{at}.{key.Word}", scope, out double number) ? number : silent;

    private static int Clamp(double number) => (int)Math.Clamp(number, int.MinValue, int.MaxValue);

    private AxisSpec? Fault(string message)
    {
        scope.Report(path, message);
        return null;
    }
}
