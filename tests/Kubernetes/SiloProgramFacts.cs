using System.Reflection;

namespace Sweeper.Tests.Kubernetes;

/// <summary>What the silo's own program says of its options; the manifests are held to it.</summary>
internal static class SiloProgramFacts
{
    private static readonly Assembly Program = Assembly.LoadFrom(PathOfProgram());

    /// <summary>Names of the options, as environment variables.</summary>
    public static IReadOnlyList<string> Variables { get; } =
        [.. Of("Sweeper.Silo.SiloOptions").GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => $"Sweeper__{property.Name}")];

    /// <summary>Longest time that a silo takes to end in good order.</summary>
    public static TimeSpan ShutdownTimeout { get; } =
        (TimeSpan)Of("Sweeper.Silo.SiloProgram").GetField("ShutdownTimeout", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!; // the program has it

    private static Type Of(string name) => Program.GetType(name, throwOnError: true)!; // or thrown

    /// <summary>artifacts/bin/Kubernetes/CONFIGURATION -> artifacts/bin/Silo/CONFIGURATION.</summary>
    private static string PathOfProgram()
    {
        string here = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        return Path.GetFullPath(Path.Combine(here, "..", "..", "Silo", Path.GetFileName(here), "Sweeper.Silo.dll"));
    }
}
