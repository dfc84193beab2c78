namespace Sweeper.Tests.Unit.Native;

/// <summary>TorchSharp's own native library as this test's build copied it.</summary>
internal static class NativeFile
{
    /// <summary>vna_flags of the demand for GLIBCXX_3.4.32 in the file of TorchSharp 0.107.0.</summary>
    internal const int FlagPosition = 0x3fa34;

    /// <summary>Where the build puts it on Linux x64.</summary>
    internal static string Path { get; } =
        System.IO.Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
}
