using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>A number of training images, the word for all of them, or a list of sizes to compare.</summary>
internal sealed class TrainSizeType : FieldType<AxisSpec.Values>
{
    /// <summary>The word for every image that the set has.</summary>
    public const string AllWord = "all";

    /// <summary>Sizes in numbers; two images are the fewest that a split leaves one of.</summary>
    private static readonly NumberRange Range = new(2, int.MaxValue) { Whole = true };

    /// <inheritdoc/>
    public override string Words => $"{Range.Kind}, {Range.Words}; or {AllWord}; or a list of those";

    /// <summary>The largest of some sizes; null: all.</summary>
    public static int? Largest(AxisSpec.Values sizes) =>
        sizes.List.IsDefaultOrEmpty || sizes.List.Contains(DataSpec.All) ? null : (int)Math.Clamp(sizes.List.Max(), 0, int.MaxValue);

    /// <summary>A size as it is written.</summary>
    public static string WriteOne(double size) => size == DataSpec.All ? AllWord : NumberText.Write(size);

    /// <summary>Reads one size, or the word for all.</summary>
    public static bool TryReadOne(SpecNode node, string path, ReadScope scope, out double size)
    {
        size = DataSpec.All;
        if (node is SpecNode.Scalar scalar && (scalar.IsNull || scalar.Text == AllWord))
        {
            return true;
        }

        if (!Range.TryRead(node, path, scope, out size))
        {
            return false;
        }

        if (size != DataSpec.All)
        {
            return true;
        }

        scope.Report(path, $"must be {Range.Words}, or {AllWord}"); // the record's own sign for all is no number of images
        return false;
    }

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out AxisSpec.Values value)
    {
        value = new AxisSpec.Values([]);
        if (node is not SpecNode.List list)
        {
            bool one = TryReadOne(node, path, scope, out double size);
            value = new AxisSpec.Values([size]);
            return one;
        }

        var sizes = ImmutableArray.CreateBuilder<double>(list.Items.Length);
        for (int i = 0; i < list.Items.Length; i++)
        {
            string at = $"{path}[{i}]";
            scope.Place(at, list.Items[i].Line, list.Items[i]);
            if (TryReadOne(list.Items[i], at, scope, out double size))
            {
                sizes.Add(size);
            }
        }

        bool read = sizes.Count == list.Items.Length;
        value = new AxisSpec.Values(sizes.DrainToImmutable());
        return read;
    }

    /// <inheritdoc/>
    public override string Write(AxisSpec.Values value) =>
        value.List is [double only] ? WriteOne(only) : value.List.IsDefault ? "[]" : $"[{string.Join(", ", value.List.Select(WriteOne))}]";

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, AxisSpec.Values value)
    {
        if (value.List.IsDefaultOrEmpty)
        {
            yield return new SpecProblem(path, "[]", "must list at least one size");
            yield break;
        }

        var seen = new HashSet<double>();
        for (int i = 0; i < value.List.Length; i++)
        {
            double size = value.List[i];
            string? complaint = size == DataSpec.All ? null : Range.Complaint(size);
            complaint ??= seen.Add(size) ? null : "is listed twice; keep one";
            if (complaint is not null)
            {
                yield return new SpecProblem(value.List.Length == 1 ? path : $"{path}[{i}]", WriteOne(size), complaint);
            }
        }
    }

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        static JsonObject One() =>
            new() { ["anyOf"] = new JsonArray(Range.Schema(), new JsonObject { ["enum"] = new JsonArray(AllWord, null) }) };

        return new JsonObject
        {
            ["anyOf"] = new JsonArray(One(), new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = One() }),
        };
    }
}
