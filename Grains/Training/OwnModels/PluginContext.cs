using System.Reflection;
using System.Runtime.Loader;

namespace Sweeper.Training.OwnModels;

/// <summary>
/// Where a plug-in's assemblies live: apart from the program's and from other plug-ins', so that two plug-ins may bring two versions of
/// one library. Its assemblies are loaded from the bytes that were hashed.
/// </summary>
internal sealed class PluginContext(PluginContent plugin) : AssemblyLoadContext($"plug-in {plugin.Sha256[..12]}")
{
    /// <summary>Loads the plug-in's own assembly.</summary>
    public Assembly Load() => Load(plugin.Assemblies[0]);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        PluginContent.Shared.Contains(assemblyName.Name!) || plugin.Assemblies.FirstOrDefault(own => own.Name == assemblyName.Name) is not { } found
            ? null // the program's
            : Load(found);

    private Assembly Load(PluginAssembly assembly)
    {
        using var content = new MemoryStream(assembly.Content, writable: false);
        return LoadFromStream(content);
    }
}
