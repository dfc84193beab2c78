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

        (SweepSpec? set, var problems) = LimitSetting.Apply(Spec, settings);

        Assert.Empty(problems);
        Assert.Equal((Spec.Limits, Spec.Sharing), (set!.Limits, set.Sharing)); // there are no problems
        Assert.All(LimitSetting.Of(Spec), limit => Assert.EndsWith(".", limit.Description, StringComparison.Ordinal));
    }

    [Fact]
    public void Apply_BadSettings_SaysEveryProblem()
    {
        (SweepSpec? set, var problems) = LimitSetting.Apply(Spec, new Dictionary<string, string> { ["limits.wall_time"] = "soon", ["limits.max_parallel"] = "-1", ["sharing.weight"] = "0" });

        Assert.Null(set);
        Assert.Equal(["limits.max_parallel", "limits.wall_time", "sharing.weight"], problems.Select(problem => problem.Path).Order());

        (set, problems) = LimitSetting.Apply(Spec, new Dictionary<string, string> { ["seed"] = "2" });

        Assert.Null(set);
        Assert.Contains("limits.wall_time", Assert.Single(problems).Message, StringComparison.Ordinal);
    }
}
