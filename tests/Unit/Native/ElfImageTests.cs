using Sweeper.Build.Native;
using Xunit;

namespace Sweeper.Tests.Unit.Native;

public sealed class ElfImageTests
{
    [Fact]
    public void MakeVersionWeak_VersionThatNothingBinds_SetsOneFlagAndNothingElse()
    {
        byte[] original = TinyElf.Build(boundSymbols: 1);
        byte[] image = [.. original];

        ElfImage.MakeVersionWeak(image, TinyElf.SecondVersion);

        int changed = Assert.Single(TinyElf.Differences(original, image));
        Assert.Equal(0, original[changed]);
        Assert.Equal(2, image[changed]); // VER_FLG_WEAK
        Assert.Equal(3, image[changed + 2]); // vna_other: the entry is the second version's
    }

    [Fact]
    public void MakeVersionWeak_CalledTwice_IsAsCalledOnce()
    {
        byte[] once = TinyElf.Build(boundSymbols: 0);
        ElfImage.MakeVersionWeak(once, TinyElf.FirstVersion);
        byte[] twice = [.. once];

        ElfImage.MakeVersionWeak(twice, TinyElf.FirstVersion);

        Assert.Equal(once, twice);
    }

    [Theory]
    [InlineData(1, TinyElf.FirstVersion)]
    [InlineData(2, TinyElf.SecondVersion)]
    public void MakeVersionWeak_VersionOfBoundSymbol_RefusesAndLeavesImage(int boundSymbols, string version)
    {
        byte[] image = TinyElf.Build(boundSymbols);

        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => ElfImage.MakeVersionWeak(image, version));

        Assert.Contains(version, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(TinyElf.Build(boundSymbols), image);
    }

    [Fact]
    public void MakeVersionWeak_VersionThatIsNotDemanded_Refuses()
    {
        byte[] image = TinyElf.Build(boundSymbols: 0);

        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => ElfImage.MakeVersionWeak(image, "LIB_3.0"));

        Assert.Contains("does not demand LIB_3.0", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MakeVersionWeak_OtherFile_Refuses() =>
        Assert.Throws<InvalidDataException>(() => ElfImage.MakeVersionWeak(new byte[100], TinyElf.FirstVersion));
}
