using System.Reflection;
using Sweeper.Plugins;

namespace Sweeper.Training.OwnModels;

/// <summary>The models and metrics among the types of a plug-in.</summary>
internal static class PluginTypes
{
    /// <summary>What makes the builder of a model.</summary>
    /// <exception cref="OwnModelException">The plug-in has no such model, or its types cannot be read.</exception>
    public static Func<IModelBuilder> FindModel(string plugin, Assembly assembly, string model) =>
        Find<IModelBuilder>(plugin, assembly, "model", model, type => type.GetCustomAttribute<ModelAttribute>()?.Name, "[Model(\"...\")]");

    /// <summary>What makes a metric.</summary>
    /// <exception cref="OwnModelException">The plug-in has no such metric, or its types cannot be read.</exception>
    public static Func<IMetric> FindMetric(string plugin, Assembly assembly, string metric) =>
        Find<IMetric>(plugin, assembly, "metric", metric, type => type.GetCustomAttribute<MetricAttribute>()?.Name, "[Metric(\"...\")]");

    private static Func<T> Find<T>(string plugin, Assembly assembly, string kind, string name, Func<Type, string?> nameOf, string attribute)
    {
        Type[] types;
        try
        {
            types = assembly.GetExportedTypes();
        }
        catch (Exception error) when (error is ReflectionTypeLoadException or FileNotFoundException or FileLoadException or TypeLoadException)
        {
            throw new OwnModelException($"plug-in {plugin} cannot be loaded: {error.Message}; what it needs has to lie beside it", error);
        }

        (string Name, Type Type)[] all =
            [.. types.Where(type => type.IsClass && !type.IsAbstract && typeof(T).IsAssignableFrom(type)).Select(type => (nameOf(type) ?? "", type))];
        Type[] found = [.. all.Where(one => one.Name == name).Select(one => one.Type)];
        return found switch
        {
            [var only] when only.GetConstructor(Type.EmptyTypes) is not null => () => Create<T>(only),
            [var only] => throw new OwnModelException($"plug-in {plugin}: {only.Name} has no public constructor without parameters"),
            [] => throw new OwnModelException(
                $"plug-in {plugin} has no {kind} '{name}'; {(all.Length == 0 ? $"it has no public class that implements {typeof(T).Name}" : $"it has {string.Join(", ", all.Select(one => one.Name.Length > 0 ? one.Name : $"{one.Type.Name}, which lacks {attribute}"))}")}"),
            _ => throw new OwnModelException($"plug-in {plugin} has {found.Length} {kind}s '{name}': {string.Join(", ", found.Select(type => type.FullName))}"),
        };
    }

    private static T Create<T>(Type type)
    {
        try
        {
            return (T)Activator.CreateInstance(type)!; // it has such a constructor
        }
        catch (TargetInvocationException error)
        {
            Exception inner = error.InnerException ?? error;
            throw new OwnModelException($"the constructor of {type.Name} failed: {inner.GetType().Name}: {inner.Message}", inner);
        }
    }
}
