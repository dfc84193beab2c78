namespace Sweeper.Training.Data.Formats;

/// <summary>An array as numpy stored it: little endian, last index fastest.</summary>
/// <param name="Name">What messages call it: file and array.</param>
/// <param name="Type">Type of a value without its byte order: <c>u1</c>, <c>i8</c>.</param>
/// <param name="Shape">Length along each axis.</param>
/// <param name="Bytes">The values.</param>
internal sealed record NpyArray(string Name, string Type, IReadOnlyList<int> Shape, byte[] Bytes)
{
    /// <summary>Length along the first axis.</summary>
    public int Count => Shape[0];

    /// <summary>Text such as <c>60000x28x28</c>.</summary>
    public string ShapeText => string.Join('x', Shape);

    /// <summary>Its type as numpy names it, such as <c>uint8</c>.</summary>
    public string TypeText => NpyTypes.Word(Type);

    /// <summary>The error for an array that is not as it should be.</summary>
    /// <param name="what">What is wrong, where, and what would be right.</param>
    public DataSetException Bad(string what) => new($"{Name}: {what}.");
}
