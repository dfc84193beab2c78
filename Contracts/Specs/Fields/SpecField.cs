using System.Text.Json.Nodes;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>
/// Everything there is to know about one field of a spec. Reader, validator, writer, JSON Schema, reference and template
/// are all made from it, so nothing about a field is said twice.
/// </summary>
/// <param name="path">Path in the file.</param>
internal abstract class SpecField(string path) : SpecItem(path)
{
    /// <summary>A value as one would write it.</summary>
    public required string Example { get; init; }

    /// <summary>When the field has an effect; null: always.</summary>
    public FieldCondition? Only { get; init; }

    /// <summary>Field that may be given in place of this one; null: none.</summary>
    public SpecField? Alternative { get; init; }

    /// <summary>Whether it is about the engine's own models and data, which a trainer of the user's own stands in for.</summary>
    public bool IsOfEngine => Path.StartsWith("data.", StringComparison.Ordinal) || Path.StartsWith("model.", StringComparison.Ordinal);

    /// <summary>Whether a spec gives the alternative instead.</summary>
    public bool IsReplaced(SweepSpec spec) => Alternative is not null && Only?.Holds(SpecValues.Of(spec)) == false;

    /// <summary>Whether the template for new specs gives it a line of its own that is not commented out.</summary>
    public bool Prominent { get; init; }

    /// <summary>Whether every spec has to give it.</summary>
    public abstract bool Required { get; }

    /// <summary>Default in words, for the reference; empty where the field is required.</summary>
    public abstract string DefaultWords { get; }

    /// <summary>Whether the default is the same whatever the rest of the file says.</summary>
    public abstract bool DefaultIsConstant { get; }

    /// <summary>Type and range in words, for the reference.</summary>
    public abstract string TypeWords { get; }

    /// <summary>Meaning, condition and default in a line or two, for editors and the template.</summary>
    public string Summary => Doc
        + (Only is { } only ? $" Only {only.Words.Replace("`", "", StringComparison.Ordinal)}." : "")
        + (Required ? " Required." : $" Default: {DefaultWords}.");

    /// <summary>Reads what was written for the field.</summary>
    public abstract void Read(SpecNode node, string path, ReadScope scope, SpecValues values);

    /// <summary>What is wrong with the field's own value.</summary>
    public abstract IEnumerable<SpecProblem> Check(SweepSpec spec);

    /// <summary>Value as YAML on one line.</summary>
    public abstract string Write(SweepSpec spec);

    /// <summary>Whether the value is the one that the field has where the file is silent.</summary>
    public abstract bool IsDefault(SweepSpec spec);

    /// <summary>JSON Schema of what may be written.</summary>
    public abstract JsonObject Schema();

    /// <summary>Default as YAML for a spec that says nothing else than <paramref name="values"/>.</summary>
    public abstract string WriteDefault(SpecValues values);
}

/// <inheritdoc/>
/// <param name="path">Path in the file.</param>
/// <param name="type">How values are written and checked.</param>
/// <param name="get">Value in a spec's record.</param>
internal sealed class SpecField<T>(string path, FieldType<T> type, Func<SweepSpec, T> get) : SpecField(path)
{
    /// <summary>Value where the file is silent.</summary>
    public required FieldDefault<T> Default { get; init; }

    /// <inheritdoc/>
    public override bool Required => Default.Required;

    /// <inheritdoc/>
    public override string DefaultWords => Default.Words ?? type.Write(Default.Of(SpecValues.Empty));

    /// <inheritdoc/>
    public override bool DefaultIsConstant => Default.Constant;

    /// <inheritdoc/>
    public override string TypeWords => type.Words;

    /// <summary>Value in a spec's record.</summary>
    public T Get(SweepSpec spec) => get(spec);

    /// <inheritdoc/>
    public override void Read(SpecNode node, string path, ReadScope scope, SpecValues values)
    {
        if (type.TryRead(node, path, scope, out T value))
        {
            values.Set(this, value);
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(SweepSpec spec) => type.Check(Path, get(spec));

    /// <summary>A value as YAML on one line.</summary>
    public string WriteValue(T value) => type.Write(value);

    /// <inheritdoc/>
    public override string Write(SweepSpec spec) => type.Write(get(spec));

    /// <inheritdoc/>
    public override bool IsDefault(SweepSpec spec) =>
        !Required && Write(spec) == WriteDefault(SpecValues.Of(spec));

    /// <inheritdoc/>
    public override JsonObject Schema() => type.Schema();

    /// <inheritdoc/>
    public override string WriteDefault(SpecValues values) => type.Write(Default.Of(values));
}
