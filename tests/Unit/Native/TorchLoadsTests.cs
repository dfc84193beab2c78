using Sweeper.Build.Native;
using TorchSharp;
using Xunit;

namespace Sweeper.Tests.Unit.Native;

public sealed class TorchLoadsTests
{
    [Fact]
    public void Torch_OnThisMachine_LoadsAndComputes()
    {
        Exception? failure = Record.Exception(() =>
        {
            using torch.Tensor ones = torch.ones(3);
            using torch.Tensor sum = ones.sum();
            Assert.Equal(3f, sum.item<float>());
        });

        if (failure is not null)
        {
            Assert.Fail($"""
                libtorch does not load on this machine. TorchSharp's own message may name a missing package: it says so of
                every native library that the loader refuses. The usual cause is a libstdc++ without {LibTorchSharpCure.DemandedVersion}
                (here: {LibTorchSharpCure.FindLibStdCxx() ?? "none found"}) and a libLibTorchSharp.so that the build did not cure.
                See docs/native-library.md; `ldd {NativeFile.Path}` names what is missing.
                {failure}
                """);
        }
    }

    [Fact]
    public void NativeLibrary_OfThisBuild_IsCuredJustWhereTheRuntimeLacksTheVersion()
    {
        Assert.SkipUnless(
            File.Exists(NativeFile.Path), $"{NativeFile.Path} is absent: TorchSharp's library for Linux x64 is not in this build.");
        string runtime = Assert.IsType<string>(LibTorchSharpCure.FindLibStdCxx());
        bool demandIsMet = LibTorchSharpCure.ContainsVersion(File.ReadAllBytes(runtime), LibTorchSharpCure.DemandedVersion);

        string hash = LibTorchSharpCure.Sha256(File.ReadAllBytes(NativeFile.Path));

        Assert.Equal(demandIsMet ? LibTorchSharpCure.OriginalSha256 : LibTorchSharpCure.CuredSha256, hash);
    }
}
