using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Sweeper.Plugins;
using TorchSharp;

namespace Sweeper.Training.OwnModels;

/// <summary>A plug-in as it lies in its folder: its assembly, and those beside it that it needs.</summary>
/// <param name="Path">File of its assembly.</param>
/// <param name="Assemblies">The assembly, then what it refers to and lies beside it.</param>
internal sealed record PluginContent(string Path, ImmutableArray<PluginAssembly> Assemblies)
{
    private const string Extension = ".dll";

    /// <summary>Assemblies that a plug-in shares with the program: a second copy would make other types of the same names.</summary>
    public static ImmutableArray<string> Shared { get; } = [ContractName, typeof(torch).Assembly.GetName().Name!];

    /// <summary>SHA-256 over the names and bytes of its assemblies, hexadecimal.</summary>
    public string Sha256 => field ??= Hash();

    private static string ContractName => Contract.Name!;

    private static AssemblyName Contract => typeof(IModelBuilder).Assembly.GetName();

    /// <summary>File of a plug-in: <c>NAME.dll</c> in a folder of plug-ins, or in a folder <c>NAME</c> there; null where there is none.</summary>
    public static string? Find(IEnumerable<string> folders, string name) => folders
        .SelectMany(folder => new[] { System.IO.Path.Combine(folder, name + Extension), System.IO.Path.Combine(folder, name, name + Extension) })
        .FirstOrDefault(File.Exists);

    /// <summary>Reads a plug-in and checks that it was built for this program. Nothing of it runs.</summary>
    /// <exception cref="OwnModelException">It cannot be used.</exception>
    public static PluginContent Read(string path)
    {
        PluginAssembly main = PluginAssembly.Read(path);
        RequireContract(path, main);
        string folder = System.IO.Path.GetDirectoryName(path)!; // the path of a file has one
        var found = new SortedDictionary<string, PluginAssembly>(StringComparer.Ordinal);
        var open = new Queue<PluginAssembly>([main]);
        while (open.TryDequeue(out PluginAssembly? next))
        {
            foreach (string name in next.References.Select(reference => reference.Name!).Where(name => name != main.Name && !Shared.Contains(name) && !found.ContainsKey(name)))
            {
                string beside = System.IO.Path.Combine(folder, name + Extension);
                if (File.Exists(beside))
                {
                    found[name] = PluginAssembly.Read(beside);
                    open.Enqueue(found[name]);
                }
            }
        }

        return new PluginContent(path, [main, .. found.Values]);
    }

    private static void RequireContract(string path, PluginAssembly main)
    {
        Version own = Contract.Version!;
        AssemblyName asked = main.References.FirstOrDefault(reference => reference.Name == ContractName)
            ?? throw new OwnModelException($"{path} is no plug-in: it does not refer to {ContractName}; a plug-in refers to version {own.Major} of it");
        if (asked.Version?.Major != own.Major)
        {
            throw new OwnModelException(
                $"{path} was built for version {asked.Version} of {ContractName}, this silo has version {own}: build it anew for version {own.Major}");
        }
    }

    private string Hash()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (PluginAssembly assembly in Assemblies)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{assembly.Name} {assembly.Content.Length}\n"));
            hash.AppendData(assembly.Content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
