namespace Sweeper.Contracts.Specs;

/// <summary>One thing that is wrong with what a user gave.</summary>
/// <param name="Path">Where, such as <c>search.space.max_lr.min</c>; empty for the whole.</param>
/// <param name="Value">Value that was seen, as written; null where something is missing.</param>
/// <param name="Message">What is wrong and what would be right.</param>
/// <param name="Line">Line in the file, counted from 1; 0 where there is no file.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.SpecProblem")]
public sealed record SpecProblem(string Path, string? Value, string Message, int Line = 0)
{
    /// <summary>One line for a person: line, path, value, message.</summary>
    public override string ToString()
    {
        string where = (Line, Path) switch
        {
            (0, "") => "",
            (0, _) => Path + ": ",
            (_, "") => $"line {Line}: ",
            _ => $"line {Line}, {Path}: ",
        };
        return Value is null ? where + Message : $"{where}{Message} (found: {Value})";
    }
}
