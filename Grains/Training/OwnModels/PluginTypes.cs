using System.Reflection;
using Sweeper.Plugins;

namespace Sweeper.Training.OwnModels;

/// <summary>The models among the types of a plug-in.</summary>
internal static class PluginTypes
{
    /// <summary>What makes the builder of a model.</summary>
    /// <exception cref="OwnModelException">The plug-in has no such model, or its types cannot be read.</exception>
    public static Func<IModelBuilder> Find(string plugin, Assembly assembly, string model)
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

        (string Name, Type Type)[] models =
        [
            .. types.Where(type => type.IsClass && !type.IsAbstract && typeof(IModelBuilder).IsAssignableFrom(type))
                .Select(type => (type.GetCustomAttribute<ModelAttribute>()?.Name ?? "", type)),
        ];
        Type[] found = [.. models.Where(one => one.Name == model).Select(one => one.Type)];
        return found switch
        {
            [var only] when only.GetConstructor(Type.EmptyTypes) is not null => () => Create(only),
            [var only] => throw new OwnModelException($"plug-in {plugin}: {only.Name} has no public constructor without parameters"),
            [] => throw new OwnModelException(
                $"plug-in {plugin} has no model '{model}'; {(models.Length == 0 ? "it has no public class that implements IModelBuilder" : $"it has {string.Join(", ", models.Select(one => one.Name.Length > 0 ? one.Name : $"{one.Type.Name}, which lacks [Model(\"...\")]"))}")}"),
            _ => throw new OwnModelException($"plug-in {plugin} has {found.Length} models '{model}': {string.Join(", ", found.Select(type => type.FullName))}"),
        };
    }

    private static IModelBuilder Create(Type type)
    {
        try
        {
            return (IModelBuilder)Activator.CreateInstance(type)!; // it has such a constructor
        }
        catch (TargetInvocationException error)
        {
            Exception inner = error.InnerException ?? error;
            throw new OwnModelException($"the constructor of {type.Name} failed: {inner.GetType().Name}: {inner.Message}", inner);
        }
    }
}
