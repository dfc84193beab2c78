using Sweeper.Client.Connecting;
using Xunit;

namespace Sweeper.Tests.Unit.Client;

/// <summary>What a silo's exit code says.</summary>
public sealed class SiloExitTests
{
    [Theory]
    [InlineData(128 + 4)]
    [InlineData(128 + 6)]
    [InlineData(128 + 7)]
    [InlineData(128 + 8)]
    [InlineData(128 + 11)]
    public void IsCrash_SignalOfAFault_Is(int exitCode) => Assert.True(SiloExit.IsCrash(exitCode));

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(128 + 2)]
    [InlineData(128 + 9)] // a person, or the kernel for want of memory, of whichever process
    [InlineData(128 + 15)]
    public void IsCrash_EndedByOthersOrInGoodOrder_IsNot(int? exitCode) => Assert.False(SiloExit.IsCrash(exitCode));
}
