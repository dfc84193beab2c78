using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace Sweeper.Training.OwnModels;

/// <summary>One assembly of a plug-in, read whole and run nothing of.</summary>
/// <param name="Name">Simple name.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="References">What it refers to.</param>
internal sealed record PluginAssembly(string Name, byte[] Content, ImmutableArray<AssemblyName> References)
{
    /// <summary>Largest file that is read: a plug-in is code, not data.</summary>
    private const long LargestBytes = 256L << 20;

    /// <summary>Reads a file.</summary>
    /// <exception cref="OwnModelException">It is no .NET assembly, or cannot be read.</exception>
    public static PluginAssembly Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestBytes)
            {
                throw new OwnModelException($"{path} is larger than {LargestBytes >> 20} MiB: a plug-in is code, not data");
            }

            byte[] content = File.ReadAllBytes(path);
            using var reader = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(content));
            if (!reader.HasMetadata)
            {
                throw new OwnModelException($"{path} is no .NET assembly but a native program or library");
            }

            MetadataReader metadata = reader.GetMetadataReader();
            return new PluginAssembly(
                metadata.GetString(metadata.GetAssemblyDefinition().Name),
                content,
                [.. metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName())]);
        }
        catch (Exception error) when (error is BadImageFormatException or InvalidOperationException)
        {
            throw new OwnModelException($"{path} is no .NET assembly, or a damaged one", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OwnModelException($"{path} cannot be read: {error.Message}", error);
        }
    }
}
