namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Values of fields, from a file that is being read or from a finished spec; defaults where a file is silent.</summary>
internal sealed class SpecValues
{
    private readonly Dictionary<SpecField, object?> _given = [];
    private readonly SweepSpec? _spec;

    /// <summary>Nothing given yet.</summary>
    public SpecValues()
    {
    }

    private SpecValues(SweepSpec spec)
    {
        _spec = spec;
    }

    /// <summary>Nothing given.</summary>
    public static SpecValues Empty => new();

    /// <summary>The values of a finished spec.</summary>
    public static SpecValues Of(SweepSpec spec) => new(spec);

    /// <summary>Sets what the file gives.</summary>
    public void Set<T>(SpecField<T> field, T value) => _given[field] = value;

    /// <summary>The value given, else the default.</summary>
    public T Get<T>(SpecField<T> field) =>
        _spec is not null ? field.Get(_spec)
        : _given.TryGetValue(field, out object? value) ? (T)value!
        : field.Default.Of(this);
}
