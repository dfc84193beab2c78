using System.Text.Json.Nodes;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>How values of a field are written, checked and published.</summary>
/// <typeparam name="T">Type of the value in the spec's record.</typeparam>
internal abstract class FieldType<T>
{
    /// <summary>Type and range in words, for the reference.</summary>
    public abstract string Words { get; }

    /// <summary>Reads a value; reports what is wrong with its form.</summary>
    /// <returns>Whether <paramref name="value"/> is what was written.</returns>
    public abstract bool TryRead(SpecNode node, string path, ReadScope scope, out T value);

    /// <summary>Text that reads back to the same value, as YAML on one line.</summary>
    public abstract string Write(T value);

    /// <summary>What is wrong with a value, whether it came from a file or over the wire.</summary>
    public abstract IEnumerable<SpecProblem> Check(string path, T value);

    /// <summary>JSON Schema of what may be written.</summary>
    public abstract JsonObject Schema();
}
