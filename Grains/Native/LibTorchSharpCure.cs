// Compiled by MSBuild while it builds (Sweeper.LibTorchSharp.targets), and by tests/Unit without its last class.
// One file, because an inline task has one source; netstandard2.0, because inline tasks are compiled against it.
// Why this exists, and why one flag is enough: docs/native-library.md.
#nullable enable
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Sweeper.Build.Native;

/// <summary>What was done about one <c>libLibTorchSharp.so</c>.</summary>
public enum CureOutcome
{
    /// <summary>Copied as it is: the C++ runtime has the version, or the file does not ask for it.</summary>
    NotNeeded,

    /// <summary>Copied as it is: it carries the flag.</summary>
    AlreadyCured,

    /// <summary>Copied with the flag set.</summary>
    Cured,

    /// <summary>Nothing was written: the file asks for the version but is not the one that the cure was checked with.</summary>
    UnknownFile,
}

/// <summary>
/// The cure: TorchSharp 0.107.0 was linked with GCC 13 and so demands symbol version GLIBCXX_3.4.32 of libstdc++,
/// though nothing in it is ever resolved from there. The copy marks that demand as weak.
/// </summary>
public static class LibTorchSharpCure
{
    /// <summary>SHA-256 of the file in the NuGet package TorchSharp 0.107.0, lower-case hexadecimal.</summary>
    public const string OriginalSha256 = "cf33b1b0bb6bbb9754a768fb5c5d04d9f498603be50e73f55621a0b40ee608b8";

    /// <summary>SHA-256 of the same file after the cure, lower-case hexadecimal.</summary>
    public const string CuredSha256 = "5968efac8270eff8a2b5ca7381612ea9cc54d81cf4104a54e0e6106b7b5f11e3";

    /// <summary>The symbol version that the file demands and that libstdc++ before GCC 13.1 lacks.</summary>
    public const string DemandedVersion = "GLIBCXX_3.4.32";

    private static readonly string[] LibraryFolders =
        { "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/usr/lib" };

    /// <summary>Copies <paramref name="input"/> to <paramref name="output"/>, cured where that is needed.</summary>
    /// <param name="input">The package's file; never changed.</param>
    /// <param name="output">Where the copy goes; replaced, never written into, since build outputs are hard links to it.</param>
    /// <param name="libStdCxx">The C++ runtime that will load it; null forces the cure.</param>
    public static CureOutcome Apply(string input, string output, string? libStdCxx)
    {
        byte[] image = File.ReadAllBytes(input);
        CureOutcome outcome = Judge(image, libStdCxx);
        if (outcome == CureOutcome.UnknownFile)
        {
            return outcome;
        }

        if (outcome == CureOutcome.Cured)
        {
            ElfImage.MakeVersionWeak(image, DemandedVersion);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
        string unfinished = output + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(unfinished, image);
        File.Delete(output);
        File.Move(unfinished, output);
        return outcome;
    }

    private static CureOutcome Judge(byte[] image, string? libStdCxx)
    {
        if (!ContainsVersion(image, DemandedVersion)
            || (libStdCxx != null && ContainsVersion(File.ReadAllBytes(libStdCxx), DemandedVersion)))
        {
            return CureOutcome.NotNeeded;
        }

        switch (Sha256(image))
        {
            case OriginalSha256: return CureOutcome.Cured;
            case CuredSha256: return CureOutcome.AlreadyCured;
            default: return CureOutcome.UnknownFile;
        }
    }

    /// <summary>Whether a binary defines or demands a symbol version, by the name in its string table.</summary>
    public static bool ContainsVersion(byte[] image, string version)
    {
        byte[] name = Encoding.ASCII.GetBytes('\0' + version + '\0');
        for (int at = Array.IndexOf(image, name[0]); at >= 0 && at <= image.Length - name.Length;
            at = Array.IndexOf(image, name[0], at + 1))
        {
            int matched = 1;
            while (matched < name.Length && image[at + matched] == name[matched])
            {
                matched++;
            }

            if (matched == name.Length)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The libstdc++ that this machine's loader picks: the one this very process runs on, else the usual folders'.
    /// Null when there is none.
    /// </summary>
    public static string? FindLibStdCxx()
    {
        const string Name = "libstdc++.so.6";
        IEnumerable<string> loaded = File.ReadLines("/proc/self/maps")
            .Select(line => line.IndexOf('/') is int path && path >= 0 ? line.Substring(path) : "")
            .Where(path => Path.GetFileName(path).StartsWith(Name, StringComparison.Ordinal));
        return loaded.Concat(LibraryFolders.Select(folder => folder + "/" + Name)).FirstOrDefault(File.Exists);
    }

    /// <summary>SHA-256 as lower-case hexadecimal.</summary>
    public static string Sha256(byte[] content)
    {
        using SHA256 hash = SHA256.Create();
        return string.Concat(hash.ComputeHash(content).Select(part => part.ToString("x2")));
    }
}

/// <summary>The few parts of a 64-bit little-endian ELF image that the cure reads. Names are those of elf(5).</summary>
public static class ElfImage
{
    private const uint Rela = 4, DynamicSymbols = 11, VersionNeeds = 0x6ffffffe, VersionOfSymbols = 0x6fffffff;
    private const int SymbolSize = 24, RelaSize = 24;
    private const byte WeakFlag = 2; // VER_FLG_WEAK

    /// <summary>
    /// Sets VER_FLG_WEAK on every demand for <paramref name="version"/>: the loader then goes on where the version is missing.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// The image is no such ELF file, does not demand the version, or binds a symbol of it (weak would then crash later).
    /// </exception>
    public static void MakeVersionWeak(byte[] image, string version)
    {
        if (image.Length < 64 || BitConverter.ToUInt32(image, 0) != 0x464c457f || image[4] != 2 || image[5] != 1)
        {
            throw new InvalidDataException("Not a 64-bit little-endian ELF file.");
        }

        List<Section> sections = ReadSections(image);
        Section needs = sections.Single(section => section.Type == VersionNeeds);
        List<int> demands = FindDemands(image, needs, sections[needs.Link].Offset, version);
        if (demands.Count == 0)
        {
            throw new InvalidDataException("The file does not demand " + version + ".");
        }

        foreach (int demand in demands)
        {
            int index = BitConverter.ToUInt16(image, demand + 6); // vna_other
            if (BoundSymbols(image, sections).Contains(index))
            {
                throw new InvalidDataException("The file binds a symbol of " + version + ": a weak demand would not do.");
            }

            image[demand + 4] |= WeakFlag; // vna_flags
        }
    }

    private static List<Section> ReadSections(byte[] image)
    {
        int table = (int)BitConverter.ToInt64(image, 0x28), size = BitConverter.ToUInt16(image, 0x3a);
        return Enumerable.Range(0, BitConverter.ToUInt16(image, 0x3c))
            .Select(number => new Section(image, table + number * size))
            .ToList();
    }

    /// <summary>Positions of the Elf64_Vernaux entries that name the version, in any library's list.</summary>
    private static List<int> FindDemands(byte[] image, Section needs, int strings, string version)
    {
        var found = new List<int>();
        int library = needs.Offset;
        for (int left = needs.Info; left > 0; left--)
        {
            int entry = library + BitConverter.ToInt32(image, library + 8); // vn_aux
            for (int more = BitConverter.ToUInt16(image, library + 2); more > 0; more--) // vn_cnt
            {
                int name = strings + BitConverter.ToInt32(image, entry + 8); // vna_name
                if (Encoding.ASCII.GetString(image, name, Array.IndexOf(image, (byte)0, name) - name) == version)
                {
                    found.Add(entry);
                }

                entry += BitConverter.ToInt32(image, entry + 12); // vna_next
            }

            library += BitConverter.ToInt32(image, library + 12); // vn_next
        }

        return found;
    }

    /// <summary>Version indices of all symbols that a relocation names: those that the loader really looks up.</summary>
    private static HashSet<int> BoundSymbols(byte[] image, List<Section> sections)
    {
        int symbols = sections.FindIndex(section => section.Type == DynamicSymbols);
        Section versions = sections.Single(section => section.Type == VersionOfSymbols);
        var bound = new HashSet<int>();
        foreach (Section table in sections.Where(section => section.Type == Rela && section.Link == symbols))
        {
            for (int at = table.Offset; at < table.Offset + table.Size; at += RelaSize)
            {
                int symbol = BitConverter.ToInt32(image, at + 12); // the upper half of r_info
                bound.Add(BitConverter.ToUInt16(image, versions.Offset + 2 * symbol) & 0x7fff);
            }
        }

        return bound;
    }

    private sealed class Section
    {
        internal Section(byte[] image, int at)
        {
            Type = BitConverter.ToUInt32(image, at + 4);
            Offset = (int)BitConverter.ToInt64(image, at + 24);
            Size = (int)BitConverter.ToInt64(image, at + 32);
            Link = BitConverter.ToInt32(image, at + 40);
            Info = BitConverter.ToInt32(image, at + 44);
        }

        internal uint Type { get; }

        internal int Offset { get; }

        internal int Size { get; }

        internal int Link { get; }

        internal int Info { get; }
    }
}

#if !SWEEPER_UNIT_TESTS
/// <summary>The build's step: puts the file that this build is to use at <see cref="Output"/>.</summary>
public sealed class CureLibTorchSharp : Microsoft.Build.Utilities.Task
{
    /// <summary>The package's libLibTorchSharp.so.</summary>
    [Microsoft.Build.Framework.Required]
    public string Input { get; set; } = "";

    /// <summary>Where the copy goes.</summary>
    [Microsoft.Build.Framework.Required]
    public string Output { get; set; } = "";

    /// <summary>auto: cure only where this machine needs it; always: also for another machine's sake.</summary>
    [Microsoft.Build.Framework.Required]
    public string Mode { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        string? runtime = Mode == "always" ? null : LibTorchSharpCure.FindLibStdCxx();
        CureOutcome outcome = LibTorchSharpCure.Apply(Input, Output, runtime);
        Log.LogMessage("{0}: {1} (libstdc++: {2})", Input, outcome, runtime ?? "not asked");
        if (outcome == CureOutcome.UnknownFile)
        {
            Log.LogError(null, "SWEEPER001", null, Input, 0, 0, 0, 0,
                "This file demands {0}, which {1} lacks, and it is not the file of TorchSharp 0.107.0 that the cure was checked with, "
                + "so it is left alone and would not load here. Use TorchSharp 0.107.0, or check the new file and add its SHA-256 as "
                + "docs/native-library.md says, or build with -p:CureLibTorchSharp=never for a machine whose libstdc++ is of GCC 13.1 or later.",
                LibTorchSharpCure.DemandedVersion, runtime ?? "an older libstdc++");
        }

        return !Log.HasLoggedErrors;
    }
}
#endif
