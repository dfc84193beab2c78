namespace Sweeper.Plugins;

/// <summary>Names a model: <c>model.name</c> of a spec.</summary>
/// <param name="name">Name without spaces, such as <c>my-net</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModelAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}
