using System.Collections.Immutable;
using System.Reflection;

namespace Sweeper.Silo;

/// <summary>How this very program is started once more.</summary>
internal static class ThisProgram
{
    /// <summary>Program, and its assembly where the program is the host of .NET; empty where that cannot be told.</summary>
    public static ImmutableArray<string> Command => Environment.ProcessPath is not { } program ? []
        : Path.GetFileNameWithoutExtension(program) != "dotnet" ? [program]
        : Assembly.GetEntryAssembly()?.Location is { Length: > 0 } assembly ? [program, assembly]
        : [];
}
