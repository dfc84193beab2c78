using System.Text.Json.Nodes;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>A length of time.</summary>
internal sealed class DurationType : FieldType<TimeSpan>
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <inheritdoc/>
    public override string Words => "duration, such as 90s, 30m, 2h, 1h30m; greater than 0, at most 365d";

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out TimeSpan value)
    {
        value = default;
        if (node is SpecNode.Scalar scalar && DurationText.TryRead(scalar.Text, out value))
        {
            return true;
        }

        scope.Report(path, "must be a duration with its unit, such as 90s, 30m, 2h or 1h30m");
        return false;
    }

    /// <inheritdoc/>
    public override string Write(TimeSpan value) => DurationText.Write(value);

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, TimeSpan value) =>
        value > TimeSpan.Zero && value <= Longest
            ? []
            : [new SpecProblem(path, value.ToString(), $"must be greater than 0 and at most {DurationText.Write(Longest)}")];

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = DurationText.Form };
}
