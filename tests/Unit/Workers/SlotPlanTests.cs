using Sweeper.Grains.Workers;
using Xunit;

namespace Sweeper.Tests.Unit.Workers;

public sealed class SlotPlanTests
{
    [Theory]
    [InlineData(null, null, 1, 1, 1)]
    [InlineData(null, null, 2, 2, 1)]
    [InlineData(null, null, 16, 4, 4)]
    [InlineData(1, null, 16, 1, 16)]
    [InlineData(3, null, 2, 3, 1)]
    [InlineData(null, 2, 2, 1, 2)]
    [InlineData(null, 8, 4, 1, 8)]
    [InlineData(2, 3, 4, 2, 3)]
    public void Of_WhatWasAsked_IsKeptAndTheRestFitsTheCores(int? slots, int? threads, int cores, int expectedSlots, int expectedThreads) =>
        Assert.Equal(new SlotPlan(expectedSlots, expectedThreads), SlotPlan.Of(slots, threads, cores));
}
