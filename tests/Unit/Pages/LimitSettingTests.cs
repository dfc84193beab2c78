using Sweeper.Contracts.Specs;
using Sweeper.Tests.Unit.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Pages;

public sealed class LimitSettingTests
{
    private static readonly SweepSpec Spec = SpecReader.Read(Repository.Example("quickstart.yaml")).Spec!; // an example is without problems

    [Fact]
    public void Apply_WhatOfGives_ChangesNothing()
    {
        var settings = LimitSetting.Of(Spec).ToDictionary(limit => limit.Path, limit => limit.Value);

        (LimitsSpec? limits, var problems) = LimitSetting.Apply(Spec, settings);

        Assert.Empty(problems);
        Assert.Equal(Spec.Limits, limits);
        Assert.All(LimitSetting.Of(Spec), limit => Assert.EndsWith(".", limit.Description, StringComparison.Ordinal));
    }

    [Fact]
    public void Apply_BadSettings_SaysEveryProblem()
    {
        (LimitsSpec? limits, var problems) = LimitSetting.Apply(Spec, new Dictionary<string, string> { ["limits.wall_time"] = "soon", ["limits.max_parallel"] = "-1" });

        Assert.Null(limits);
        Assert.Equal(["limits.max_parallel", "limits.wall_time"], problems.Select(problem => problem.Path).Order());

        (limits, problems) = LimitSetting.Apply(Spec, new Dictionary<string, string> { ["seed"] = "2" });

        Assert.Null(limits);
        Assert.Contains("limits.wall_time", Assert.Single(problems).Message, StringComparison.Ordinal);
    }
}
