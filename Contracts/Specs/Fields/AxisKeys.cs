using System.Text.Json.Nodes;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>A key of an axis that is written as a group.</summary>
/// <param name="Word">The key.</param>
/// <param name="Doc">What it means, for the reference.</param>
internal sealed record AxisKey(string Word, string Doc);

/// <summary>Keys of an axis that is written as a group: once, for the reader, the schema and the reference.</summary>
internal static class AxisKeys
{
    /// <summary>Interval, even in the logarithm.</summary>
    public static readonly AxisKey Log = new("log", "Interval `[least, greatest]`, even in the logarithm; both greater than 0.");

    /// <summary>Interval, even in the value.</summary>
    public static readonly AxisKey Linear = new("linear", "Interval `[least, greatest]`, even in the value.");

    /// <summary>Lower end.</summary>
    public static readonly AxisKey Min = new("min", "Least value of an interval, together with `max`.");

    /// <summary>Upper end.</summary>
    public static readonly AxisKey Max = new("max", "Greatest value of an interval, together with `min`.");

    /// <summary>Scale of an interval.</summary>
    public static readonly AxisKey Scale = new("scale", "`log` or `linear`, with `min` and `max`; default: `linear` for dropout, else `log`.");

    /// <summary>Grid points.</summary>
    public static readonly AxisKey Points = new("points", "Values that a grid takes from an interval, ends included; at least 2. Random search draws anywhere between and takes no points.");

    /// <summary>A list.</summary>
    public static readonly AxisKey Values = new("values", "The list, where the axis has a `when`.");

    /// <summary>Distance of neighbours.</summary>
    public static readonly AxisKey Step = new("step", "Distance between the values of an interval, from `min` on, with `min` and `max`; every strategy takes those values alone.");

    /// <summary>Condition.</summary>
    public static readonly AxisKey When = new("when", "Where the axis applies: another axis, or `train_size`, with its values: one, a list, or `{min: ..., max: ...}`. Several: all must hold.");

    /// <summary>Value elsewhere.</summary>
    public static readonly AxisKey Else = new("else", "Value where `when` does not hold; default: the first of a list, the least of an interval.");

    /// <summary>Most values of an interval in steps.</summary>
    public const int MostSteps = 100_000;

    /// <summary>Bounds from the range test.</summary>
    public static readonly AxisKey RangeTest = new(AxisType.RangeTestWord, "Bounds from the cell's own LR range test; `max_lr` only.");

    /// <summary>The largest batch.</summary>
    public static readonly AxisKey Largest = new(AxisType.LargestWord, "How many batch sizes: the largest that the device can train with, found by trying, its half, its quarter and so on; `batch_size` only. The word `largest` alone is one.");

    /// <summary>Lower fraction.</summary>
    public static readonly AxisKey Low = new("low", "Lower bound as a fraction of the maximum that the range test suggests; default 0.25.");

    /// <summary>Upper fraction.</summary>
    public static readonly AxisKey High = new("high", "Upper bound as a fraction of the maximum that the range test suggests; default 1.");

    /// <summary>Grid points of a range test.</summary>
    public static readonly AxisKey RangeTestPoints = new("points", "Values that a grid takes, even in the logarithm, ends included; default 1, the upper bound alone.");

    /// <summary>Keys of an interval.</summary>
    public static readonly AxisKey[] OfInterval = [Values, Log, Linear, Min, Max, Scale, Points, Step, When, Else];

    /// <summary>Keys under <c>range_test</c>.</summary>
    public static readonly AxisKey[] OfRangeTest = [Low, High, RangeTestPoints];

    /// <summary>Words for an interval's scale.</summary>
    public static readonly ChoiceType<IntervalScale> ScaleType = new(
        new Choice<IntervalScale>(Log.Word, IntervalScale.Log, "even in the logarithm"),
        new Choice<IntervalScale>(Linear.Word, IntervalScale.Linear, "even in the value"));

    /// <summary>Grid points of an interval.</summary>
    public static readonly NumberRange IntervalPoints = new(2, 1_000_000) { Whole = true };

    /// <summary>Grid points of a range test.</summary>
    public static readonly NumberRange TestPoints = new(1, 1_000_000) { Whole = true };

    /// <summary>Values of the largest batch and its halves.</summary>
    public static readonly NumberRange LargestPoints = new(1, 16) { Whole = true };

    /// <summary>Fractions of a range test's maximum.</summary>
    public static readonly NumberRange Fraction = new(0, 100) { AboveMin = true, Percent = true };

    /// <summary>The keys as the reader's map wants them.</summary>
    public static KnownKey[] Known(IEnumerable<AxisKey> keys) => [.. keys.Select(key => new KnownKey(key.Word, []))];

    /// <summary>JSON Schema of an axis.</summary>
    public static JsonObject Schema(AxisType type)
    {
        JsonObject Pair() => new() { ["type"] = "array", ["minItems"] = 2, ["maxItems"] = 2, ["items"] = type.Range.Schema() };

        var forms = new JsonArray(
            type.Range.Schema(),
            new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = type.Range.Schema() },
            Axis(type, [Values.Word], (Values, ListSchema(type.Range))),
            Axis(type, [Log.Word], (Log, Pair()), (Points, IntervalPoints.Schema())),
            Axis(type, [Linear.Word], (Linear, Pair()), (Points, IntervalPoints.Schema())),
            Axis(
                type,
                [Min.Word, Max.Word],
                (Min, type.Range.Schema()),
                (Max, type.Range.Schema()),
                (Scale, ScaleType.Schema()),
                (Points, IntervalPoints.Schema())),
            Axis(type, [Min.Word, Max.Word, Step.Word], (Min, type.Range.Schema()), (Max, type.Range.Schema()), (Step, type.Range.Schema())));
        if (type.AllowsRangeTest)
        {
            JsonObject test = Group([], (Low, Fraction.Schema()), (High, Fraction.Schema()), (RangeTestPoints, TestPoints.Schema()));
            forms.Add(new JsonObject { ["enum"] = new JsonArray(AxisType.RangeTestWord) });
            forms.Add(Group([RangeTest.Word], (RangeTest, test)));
        }

        if (type.AllowsLargest)
        {
            forms.Add(new JsonObject { ["enum"] = new JsonArray(AxisType.LargestWord) });
            forms.Add(Group([Largest.Word], (Largest, LargestPoints.Schema())));
        }

        return new JsonObject { ["anyOf"] = forms };
    }

    private static JsonObject Axis(AxisType type, string[] required, params (AxisKey Key, JsonObject Schema)[] properties) =>
        Group(required, [.. properties, (When, WhenSchema()), (Else, type.Range.Schema())]);

    private static JsonObject ListSchema(NumberRange range) => new()
    {
        ["anyOf"] = new JsonArray(range.Schema(), new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = range.Schema() }),
    };

    private static JsonObject WhenSchema() => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["minProperties"] = 1,
        ["properties"] = new JsonObject(AxisRanges.Conditions.Select(axis => KeyValuePair.Create<string, JsonNode?>(
            axis.Axis,
            axis.Range is not { } range ? new TrainSizeType().Schema() : new JsonObject
            {
                ["anyOf"] = new JsonArray(ListSchema(range), Group([Min.Word, Max.Word], (Min, range.Schema()), (Max, range.Schema()))),
            }))),
    };

    private static JsonObject Group(string[] required, params (AxisKey Key, JsonObject Schema)[] properties)
    {
        var group = new JsonObject { ["type"] = "object", ["additionalProperties"] = false };
        if (required.Length > 0)
        {
            group["required"] = new JsonArray([.. required.Select(word => (JsonNode)JsonValue.Create(word))]);
        }

        group["properties"] = new JsonObject(properties.Select(property =>
        {
            property.Schema["description"] = property.Key.Doc;
            return KeyValuePair.Create<string, JsonNode?>(property.Key.Word, property.Schema);
        }));
        return group;
    }
}

/// <summary>How the points of an interval are spread.</summary>
internal enum IntervalScale
{
    /// <summary>Even in the logarithm.</summary>
    Log,

    /// <summary>Even in the value.</summary>
    Linear,
}
