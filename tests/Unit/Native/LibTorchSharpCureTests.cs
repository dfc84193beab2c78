using System.Text;
using Sweeper.Build.Native;
using Xunit;

namespace Sweeper.Tests.Unit.Native;

public sealed class LibTorchSharpCureTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sweeper-cure-");

    private string Input => Path.Combine(_folder.FullName, "package", "libLibTorchSharp.so");

    private string Output => Path.Combine(_folder.FullName, "build", "libLibTorchSharp.so");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Apply_OriginalAndOlderRuntime_GivesLoadableCopyAndKeepsInput()
    {
        Write(Input, Original());

        CureOutcome outcome = LibTorchSharpCure.Apply(Input, Output, Runtime("GLIBCXX_3.4.30"));

        Assert.Equal(CureOutcome.Cured, outcome);
        Assert.Equal(LibTorchSharpCure.OriginalSha256, LibTorchSharpCure.Sha256(File.ReadAllBytes(Input)));
        Assert.Equal(LibTorchSharpCure.CuredSha256, LibTorchSharpCure.Sha256(File.ReadAllBytes(Output)));
        Assert.Single(TinyElf.Differences(File.ReadAllBytes(Input), File.ReadAllBytes(Output)));
        Assert.Equal(Output, Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Output)!)));
    }

    [Fact]
    public void Apply_NoRuntimeGiven_CuresForAnotherMachine()
    {
        Write(Input, Original());

        Assert.Equal(CureOutcome.Cured, LibTorchSharpCure.Apply(Input, Output, libStdCxx: null));
        Assert.Equal(LibTorchSharpCure.CuredSha256, LibTorchSharpCure.Sha256(File.ReadAllBytes(Output)));
    }

    [Fact]
    public void Apply_NewerRuntime_CopiesAsItIs()
    {
        Write(Input, Original());

        CureOutcome outcome = LibTorchSharpCure.Apply(Input, Output, Runtime("GLIBCXX_3.4.30", "GLIBCXX_3.4.32", "GLIBCXX_3.4.33"));

        Assert.Equal(CureOutcome.NotNeeded, outcome);
        Assert.Equal(File.ReadAllBytes(Input), File.ReadAllBytes(Output));
    }

    [Fact]
    public void Apply_ToItsOwnResult_ChangesNothing()
    {
        Write(Input, Original());
        LibTorchSharpCure.Apply(Input, Output, Runtime("GLIBCXX_3.4.30"));
        string again = Path.Combine(_folder.FullName, "again.so");

        CureOutcome outcome = LibTorchSharpCure.Apply(Output, again, Runtime("GLIBCXX_3.4.30"));

        Assert.Equal(CureOutcome.AlreadyCured, outcome);
        Assert.Equal(File.ReadAllBytes(Output), File.ReadAllBytes(again));
    }

    [Fact]
    public void Apply_OverOlderOutput_LeavesItsHardLinksAlone()
    {
        Write(Input, Original());
        Write(Output, "older"u8.ToArray());
        string link = Path.Combine(_folder.FullName, "link.so");
        HardLink(Output, link);

        LibTorchSharpCure.Apply(Input, Output, Runtime("GLIBCXX_3.4.30"));

        Assert.Equal("older", File.ReadAllText(link));
        Assert.Equal(LibTorchSharpCure.CuredSha256, LibTorchSharpCure.Sha256(File.ReadAllBytes(Output)));
    }

    [Fact]
    public void Apply_UnknownFileThatDemandsTheVersion_WritesNothing()
    {
        Write(Input, [.. Original(), 0]);

        CureOutcome outcome = LibTorchSharpCure.Apply(Input, Output, Runtime("GLIBCXX_3.4.30"));

        Assert.Equal(CureOutcome.UnknownFile, outcome);
        Assert.False(File.Exists(Output));
    }

    [Fact]
    public void Apply_UnknownFileThatDoesNotDemandTheVersion_CopiesAsItIs()
    {
        Write(Input, TinyElf.Build(boundSymbols: 1));

        Assert.Equal(CureOutcome.NotNeeded, LibTorchSharpCure.Apply(Input, Output, Runtime("GLIBCXX_3.4.30")));
        Assert.Equal(File.ReadAllBytes(Input), File.ReadAllBytes(Output));
    }

    [Theory]
    [InlineData("\0GLIBCXX_3.4.32\0", true)]
    [InlineData("x\0\0GLIBCXX_3.4.32\0", true)]
    [InlineData("\0GLIBCXX_3.4.3\0GLIBCXX_3.4.321\0", false)]
    [InlineData("GLIBCXX_3.4.32\0", false)]
    [InlineData("\0GLIBCXX_3.4.32", false)]
    [InlineData("", false)]
    public void ContainsVersion_Bytes_FindsWholeNamesOnly(string bytes, bool expected) =>
        Assert.Equal(expected, LibTorchSharpCure.ContainsVersion(Encoding.ASCII.GetBytes(bytes), "GLIBCXX_3.4.32"));

    [Fact]
    public void FindLibStdCxx_OnLinux_FindsACxxRuntime()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libstdc++.so.6 is a library of Linux; this machine runs another system.");

        string? found = LibTorchSharpCure.FindLibStdCxx();

        Assert.NotNull(found);
        Assert.True(LibTorchSharpCure.ContainsVersion(File.ReadAllBytes(found), "GLIBCXX_3.4"), found);
    }

    /// <summary>The package's file, made from the one beside this test by taking the flag away where the build set it.</summary>
    private static byte[] Original()
    {
        Assert.SkipUnless(
            File.Exists(NativeFile.Path), $"{NativeFile.Path} is absent: TorchSharp's library for Linux x64 is not in this build.");
        byte[] image = File.ReadAllBytes(NativeFile.Path);
        if (LibTorchSharpCure.Sha256(image) == LibTorchSharpCure.CuredSha256)
        {
            image[NativeFile.FlagPosition] = 0;
        }

        Assert.Equal(LibTorchSharpCure.OriginalSha256, LibTorchSharpCure.Sha256(image));
        return image;
    }

    private string Runtime(params string[] versions)
    {
        string path = Path.Combine(_folder.FullName, "libstdc++.so.6");
        Write(path, Encoding.ASCII.GetBytes('\0' + string.Join('\0', versions) + '\0'));
        return path;
    }

    private static void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    private static void HardLink(string existing, string link)
    {
        using var ln = System.Diagnostics.Process.Start("ln", [existing, link]);
        ln.WaitForExit();
        Assert.Equal(0, ln.ExitCode);
    }
}
