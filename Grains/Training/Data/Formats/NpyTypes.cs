namespace Sweeper.Training.Data.Formats;

/// <summary>Types of values in <c>.npy</c> files.</summary>
internal static class NpyTypes
{
    /// <summary>Bytes of a value; 0 for a type that is not read here.</summary>
    /// <param name="type">Kind and size, such as <c>u1</c>.</param>
    public static int Bytes(string type) => type switch
    {
        "b1" or "u1" or "i1" => 1,
        "u2" or "i2" or "f2" => 2,
        "u4" or "i4" or "f4" => 4,
        "u8" or "i8" or "f8" => 8,
        _ => 0,
    };

    /// <summary>numpy's name of a type.</summary>
    /// <param name="type">Kind and size, such as <c>u1</c>.</param>
    public static string Word(string type) => (type[0], Bytes(type)) switch
    {
        ('b', 1) => "bool",
        ('u', > 0 and var bytes) => $"uint{8 * bytes}",
        ('i', > 0 and var bytes) => $"int{8 * bytes}",
        ('f', > 0 and var bytes) => $"float{8 * bytes}",
        ('U' or 'S' or 'a', _) => "text",
        ('M' or 'm', _) => "dates or times",
        ('c', _) => "complex numbers",
        _ => $"of type '{type}'",
    };
}
