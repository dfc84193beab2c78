using System.Text.Json.Nodes;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Numbers that a field may hold.</summary>
/// <param name="Min">Least value; negative infinity: none.</param>
/// <param name="Max">Greatest value; positive infinity: none.</param>
internal sealed record NumberRange(double Min, double Max = double.PositiveInfinity)
{
    /// <summary>Whether <see cref="Min"/> itself is too small.</summary>
    public bool AboveMin { get; init; }

    /// <summary>Whether <see cref="Max"/> itself is too large.</summary>
    public bool BelowMax { get; init; }

    /// <summary>Whether only whole numbers make sense.</summary>
    public bool Whole { get; init; }

    /// <summary>Whether a percentage may be written.</summary>
    public bool Percent { get; init; }

    /// <summary>The range in words: "greater than 0", "at least 1", "in [0, 0.5]".</summary>
    public string Words => (double.IsFinite(Min), double.IsFinite(Max) && !(Whole && Max == int.MaxValue)) switch
    {
        (true, true) => $"in {(AboveMin ? '(' : '[')}{NumberText.Write(Min)}, {NumberText.Write(Max)}{(BelowMax ? ')' : ']')}",
        (true, false) => AboveMin ? $"greater than {NumberText.Write(Min)}" : $"at least {NumberText.Write(Min)}",
        (false, true) => BelowMax ? $"less than {NumberText.Write(Max)}" : $"at most {NumberText.Write(Max)}",
        (false, false) => "any finite number",
    };

    /// <summary>What kind of number, for the reference.</summary>
    public string Kind => Whole ? "whole number" : Percent ? "number or percentage" : "number";

    /// <summary>The same of several.</summary>
    public string Kinds => Percent ? "numbers or percentages" : Kind + "s";

    /// <summary>What is wrong with a number; null where nothing is.</summary>
    public string? Complaint(double value)
    {
        if (!double.IsFinite(value))
        {
            return $"must be a finite number, {Words}";
        }

        if (Whole && value != Math.Truncate(value))
        {
            return $"must be a whole number, {Words}";
        }

        bool inside = (AboveMin ? value > Min : value >= Min) && (BelowMax ? value < Max : value <= Max);
        return inside ? null : $"must be {Words}";
    }

    /// <summary>Reads a number of the right kind; its range is checked later, with the rest of the spec.</summary>
    public bool TryRead(SpecNode node, string path, ReadScope scope, out double value)
    {
        value = 0;
        if (node is not SpecNode.Scalar { IsNull: false } scalar)
        {
            scope.Report(path, $"must be a {Kind}, {Words}, not {node.Kind}");
            return false;
        }

        if (!NumberText.TryRead(scalar.Text, Percent, Whole, out value, out string? complaint))
        {
            scope.Report(path, complaint!);
            return false;
        }

        if (Whole && value != Math.Truncate(value))
        {
            scope.Report(path, Complaint(value)!);
            return false;
        }

        return true;
    }

    /// <summary>JSON Schema: the number itself, or its text with a unit.</summary>
    public JsonObject Schema()
    {
        var number = new JsonObject { ["type"] = Whole ? "integer" : "number" };
        if (double.IsFinite(Min))
        {
            number[AboveMin ? "exclusiveMinimum" : "minimum"] = Number(Min);
        }

        if (double.IsFinite(Max))
        {
            number[BelowMax ? "exclusiveMaximum" : "maximum"] = Number(Max);
        }

        var text = new JsonObject { ["type"] = "string", ["pattern"] = NumberText.Form(Percent, Whole) };
        return new JsonObject { ["anyOf"] = new JsonArray(number, text) };
    }

    private static JsonValue Number(double value) =>
        value == Math.Truncate(value) && Math.Abs(value) < 1e15 ? JsonValue.Create((long)value) : JsonValue.Create(value);
}
