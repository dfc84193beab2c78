using Sweeper.Contracts.Specs;
using Sweeper.Grains.Planning.Stopping;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Stopping;

public sealed class CompatibilityTests
{
    private const string Path = "search.stopping.rule";

    public static TheoryData<ScheduleType, bool> Schedules => new(
        Enum.GetValues<ScheduleType>().Select(type => (type, type is not (ScheduleType.Constant or ScheduleType.Step))));

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Check_MidRunRules_AreRefusedWithCyclesOnly(ScheduleType schedule, bool cycle) =>
        Assert.All(
            [StoppingRule.Median, StoppingRule.Asha, StoppingRule.Hyperband],
            rule => Assert.Equal(cycle, Compatibility.Check(rule, schedule, forced: false, Path) is not null));

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Check_RulesForCycles_AreNeverRefused(ScheduleType schedule, bool cycle)
    {
        Assert.Equal(cycle, SchedulePeak.IsCycle(schedule));
        Assert.All(
            [StoppingRule.None, StoppingRule.CycleHyperband, StoppingRule.SamePhase],
            rule => Assert.Null(Compatibility.Check(rule, schedule, forced: false, Path)));
    }

    [Fact]
    public void Check_Forced_IsNotRefused() => Assert.Null(Compatibility.Check(StoppingRule.Asha, ScheduleType.Fastai, forced: true, Path));

    [Fact]
    public void Check_AshaWith1Cycle_NamesSettingReasonAndWayOut()
    {
        SpecProblem problem = Compatibility.Check(StoppingRule.Asha, ScheduleType.Fastai, forced: false, Path)!;

        Assert.Equal((Path, "asha"), (problem.Path, problem.Value));
        Assert.Contains("before a 1cycle schedule has annealed", problem.Message, StringComparison.Ordinal);
        Assert.Contains("use cycle_hyperband", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ScheduleType.Fastai, 0.25)]
    [InlineData(ScheduleType.PyTorch, 0.3)]
    [InlineData(ScheduleType.Smith, 0.45)]
    [InlineData(ScheduleType.Triangular, 0.5)]
    [InlineData(ScheduleType.Constant, 0)]
    public void Peak_OfDefaults_IsTheLastOne(ScheduleType type, double peak) =>
        Assert.Equal(peak, SchedulePeak.Of(ScheduleDefaults.Of(type)));

    [Fact]
    public void Peak_OfTwoTriangles_IsTheSecond() =>
        Assert.Equal(0.75, SchedulePeak.Of(ScheduleDefaults.Of(ScheduleType.Triangular) with { Cycles = 2 }));
}
