using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Sweeper.Tests.EndToEnd.OwnModels;

/// <summary>A folder of plug-ins in a test's sandbox.</summary>
internal sealed class PluginFolder(Sandbox sandbox)
{
    /// <summary>Its path.</summary>
    public string Root { get; } = Directory.CreateDirectory(Path.Combine(sandbox.Root, "plugins")).FullName;

    /// <summary>Puts the example's plug-in in.</summary>
    /// <returns>Its path.</returns>
    public string AddExample() => Add(SweeperProcess.Program("MyNet", "my-net.dll"));

    /// <summary>Puts the models in that misbehave.</summary>
    public string AddBad() => Add(SweeperProcess.Program("BadPlugins", "bad.dll"));

    /// <summary>Puts an assembly in that was built for another version of the contract.</summary>
    public void AddOfOtherContract(string name, Version version)
    {
        var metadata = new MetadataBuilder();
        metadata.AddModule(0, metadata.GetOrAddString(name + ".dll"), metadata.GetOrAddGuid(Guid.NewGuid()), default, default);
        metadata.AddAssembly(metadata.GetOrAddString(name), new Version(1, 0), default, default, default, AssemblyHashAlgorithm.Sha1);
        metadata.AddAssemblyReference(metadata.GetOrAddString("Sweeper.Plugins"), version, default, default, default, default);
        metadata.AddTypeDefinition(
            default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        var file = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), new BlobBuilder()).Serialize(file);
        File.WriteAllBytes(Path.Combine(Root, name + ".dll"), file.ToArray());
    }

    private string Add(string assembly)
    {
        string to = Path.Combine(Root, Path.GetFileName(assembly));
        File.Copy(assembly, to);
        return to;
    }
}
