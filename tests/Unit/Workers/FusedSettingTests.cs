using Sweeper.Contracts.Workers;
using Sweeper.Training.Fusing;
using Xunit;

namespace Sweeper.Tests.Unit.Workers;

public sealed class FusedSettingTests
{
    [Theory]
    [InlineData("", FusedWhen.AutoOnGpu, 0)]
    [InlineData("auto", FusedWhen.Auto, 0)]
    [InlineData("off", FusedWhen.Off, 0)]
    [InlineData("2", FusedWhen.Always, 2)]
    [InlineData("32", FusedWhen.Always, 32)]
    public void Read_WhatIsAllowed_IsRead(string text, FusedWhen when, int members) =>
        Assert.Equal(new FusedSetting(when, members), FusedSetting.Read(text));

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("33")]
    [InlineData("+4")]
    [InlineData("4.0")]
    [InlineData("Auto")]
    [InlineData(" ")]
    public void Read_Anything_IsNone(string text) => Assert.Null(FusedSetting.Read(text));

    [Fact]
    public void MostMembers_IsWhatTheEngineTakes()
    {
        using TrainingArrays arrays = new(lanes: 1) { Members = FusedSetting.MostMembers };

        Assert.Throws<ArgumentOutOfRangeException>(() => arrays.Members = FusedSetting.MostMembers + 1);
        Assert.Equal(TrainingArrays.MostMembers, FusedSetting.MostMembers);
    }

    [Theory]
    [InlineData(new[] { 1, 2, 4, 8 }, new[] { 10.0, 11, 12, 13 }, 8)] // a GPU that one leaves idle
    [InlineData(new[] { 1, 2, 4, 8 }, new[] { 10.0, 11, 14, 27 }, 4)] // full with four: eight give 1.04 times as much
    [InlineData(new[] { 1, 2, 4, 8 }, new[] { 10.0, 18, 33, 64 }, 1)] // 1.25 times is not worth it
    [InlineData(new[] { 1, 2 }, new[] { 10.0, 25 }, 1)]
    [InlineData(new[] { 1 }, new[] { 900.0 }, 1)] // a step so long that nothing else was tried
    public void Best_Times_TakesWhatPays(int[] members, double[] milliseconds, int best) => Assert.Equal(
        best, new FusionReading([.. members.Zip(milliseconds, (count, time) => new FusedStep(count, TimeSpan.FromMilliseconds(time)))]).Best);
}
