using System.Text.Json.Nodes;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

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
