using System.Collections.Immutable;
using CsCheck;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Specs;

/// <summary>Axes in steps, and axes that apply only beside values of others.</summary>
public sealed class ConditionTests
{
    private const string Dropout = "dropout: {values: [0, 0.1, 0.3], when: {batch_size: [512, 1024]}}";

    [Fact]
    public void Read_Steps_GiveEveryValueWithoutTheDustOfSums()
    {
        SweepSpec spec = Read("dropout: {min: 0, max: 0.55, step: 0.1}");

        Assert.Equal(new AxisSpec.Stepped(0, 0.55, 0.1), spec.Search.Dropout);
        Assert.Equal([0, 0.1, 0.2, 0.3, 0.4, 0.5], AxisGrid.Of(spec.Search.Dropout));
        Assert.Equal([64, 128, 192, 256], AxisGrid.Of(Read("batch_size: {min: 64, max: 256, step: 64}").Search.BatchSize));
    }

    [Fact]
    public void Read_When_KeepsConditionAndValueElsewhere()
    {
        AxisSpec axis = Read("batch_size: [128, 512, 1024], dropout: {linear: [0.1, 0.3], points: 2, when: {batch_size: {min: 512, max: 2000}, train_size: all}, else: 5%}").Search.Dropout;

        Assert.Equal(
            new AxisSpec.Range(0.1, 0.3, Log: false, 2)
            {
                When = new AxisWhen(
                    [
                        new AxisCondition(SearchAxes.TrainSize, new AxisSpec.Values([DataSpec.All])),
                        new AxisCondition(SearchAxes.BatchSize, new AxisSpec.Range(512, 2000, Log: false, 0)),
                    ],
                    0.05),
            },
            axis);
        Assert.Equal(0.05, SearchAxes.Elsewhere(axis));
    }

    [Fact]
    public void Grid_ConditionalAxis_TakesItsValuesBesideTheOthersAloneAndNoPointTwice()
    {
        SweepSpec spec = Read($"batch_size: [128, 512, 1024], {Dropout}");

        ImmutableArray<CellKey> cells = [.. AxisGrid.Points(spec).Select(point => point.Cell)];

        Assert.Equal(
            [(128, 0), (512, 0), (512, 0.1), (512, 0.3), (1024, 0), (1024, 0.1), (1024, 0.3)],
            cells.Select(cell => (cell.BatchSize, cell.Dropout)));
        Assert.Equal(7, SpecSize.Trials(spec));
        Assert.Equal(7, SpecSize.Cells(spec));
    }

    [Fact]
    public void Grid_Chain_AnAxisThatDoesNotApplyMeetsNoCondition()
    {
        // Weight decay 1e-3 elsewhere would meet the condition of dropout, but decay does not apply beside batch 128.
        SweepSpec spec = Read("batch_size: [128, 512], weight_decay: {values: [1e-4, 1e-3], when: {batch_size: 512}, else: 1e-3}, dropout: {values: [0, 0.2], when: {weight_decay: 1e-3}}");

        Assert.Equal(
            [(128, 1e-3, 0.0), (512, 1e-4, 0.0), (512, 1e-3, 0.0), (512, 1e-3, 0.2)],
            AxisGrid.Points(spec).Select(point => (point.Cell.BatchSize, point.Cell.WeightDecay, point.Cell.Dropout)));
    }

    [Fact]
    public void Star_ConditionalAxis_StandsWhereItApplies()
    {
        SweepSpec spec = Read($"batch_size: [128, 512, 1024], {Dropout}");

        Assert.Equal(
            [(128, 0), (512, 0), (1024, 0), (512, 0.1), (512, 0.3)],
            CellDesign.Star(spec).Select(cell => (cell.BatchSize, cell.Dropout)));
    }

    [Theory]
    [InlineData("batch_size: [128, 512], dropout: {values: [0, 0.1], when: {batch: 512}}", "search.space.dropout.when.batch", "did you mean batch_size?")]
    [InlineData("batch_size: [128, 512], dropout: {values: [0, 0.1], when: {speed: 512}}", "search.space.dropout.when.speed", "known here: train_size, batch_size, weight_decay, dropout, max_lr")]
    [InlineData("batch_size: [128, 512], dropout: {values: [0, 0.1], when: {batch_size: [512, 1024]}}", "search.space.dropout.when.batch_size", "1024 is a value that batch_size never takes; it takes 128, 512")]
    [InlineData("batch_size: [128, 512], dropout: {values: [0, 0.1], when: {batch_size: {min: 600, max: 700}}}", "search.space.dropout.when.batch_size", "holds none of the values of batch_size: 128, 512")]
    [InlineData("batch_size: [128, 512], dropout: {values: [0, 0.1], when: {batch_size: {min: 700, max: 600}}}", "search.space.dropout.when.batch_size", "must have a max that is at least its min, 700")]
    [InlineData("batch_size: [128, 512], dropout: {values: [0, 0.1], when: {batch_size: {min: 600}}}", "search.space.dropout.when.batch_size", "needs both min and max")]
    [InlineData("dropout: {values: [0, 0.1], when: {train_size: 1000}}", "search.space.dropout.when.train_size", "1000 is a value that train_size never takes; it takes all")]
    [InlineData("dropout: {values: [0, 0.1], when: {dropout: 0.1}}", "search.space.dropout.when", "dropout depends on itself")]
    [InlineData("batch_size: {values: [128, 512], when: {dropout: 0}}, dropout: {values: [0, 0.1], when: {batch_size: 512}}", "search.space.batch_size.when", "goes in a circle: batch_size, which depends on dropout, which depends on batch_size")]
    [InlineData("max_lr: range_test, dropout: {values: [0, 0.1], when: {max_lr: 0.1}}", "search.space.dropout.when.max_lr", "comes from range tests")]
    [InlineData("max_lr: {range_test: {low: 0.5}, when: {dropout: 0}}", "search.space.max_lr", "apply in every cell")]
    [InlineData("dropout: {values: [0, 0.1], when: {}}", "search.space.dropout.when", "must name another axis")]
    [InlineData("dropout: {values: [0, 0.1], when: [512]}", "search.space.dropout.when", "must be a group such as {batch_size: [512, 1024]}")]
    [InlineData("dropout: {values: [0, 0.1], else: 0}", "search.space.dropout.else", "has no effect without when")]
    [InlineData("batch_size: [128, 512], dropout: {values: [0, 0.1], when: {batch_size: 512}, else: 1}", "search.space.dropout.else", "must be in [0, 1)")]
    [InlineData("dropout: {values: [0, 1]}", "search.space.dropout.values[1]", "must be in [0, 1)")]
    [InlineData("dropout: {values: [0, 0.1], points: 3}", "search.space.dropout.points", "has no effect beside values")]
    [InlineData("dropout: {values: [0, 0.1], min: 0, max: 1}", "search.space.dropout", "says more than one thing (max, min, values)")]
    [InlineData("dropout: {min: 0, max: 0.5, step: 0}", "search.space.dropout.step", "greater than 0")]
    [InlineData("dropout: {min: 0, max: 0.5, step: 0.6}", "search.space.dropout.step", "must be at most 0.5")]
    [InlineData("dropout: {min: 0, max: 0.5, step: 0.1, points: 3}", "search.space.dropout.points", "has no effect beside step")]
    [InlineData("dropout: {linear: [0, 0.5], step: 0.1}", "search.space.dropout", "a step goes with min and max")]
    [InlineData("dropout: {min: 0, max: 0.5, step: 1e-9}", "search.space.dropout.step", "more than 100000")]
    [InlineData("batch_size: {min: 8, max: 64, step: 1.5}", "search.space.batch_size.step", "whole number")]
    public void Read_BadAxis_SaysWhereAndWhat(string space, string path, string message)
    {
        SpecProblem problem = Assert.Single(SpecReader.Read(Text(space)).Problems);

        Assert.Equal(path, problem.Path);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("random", "batch_size: {log: [32, 512]}, dropout: {values: [0, 0.1], when: {batch_size: 64}}", "give {min: ..., max: ...} within [32, 512]")]
    [InlineData("random", "batch_size: {log: [32, 512]}, dropout: {values: [0, 0.1], when: {batch_size: {min: 600, max: 700}}}", "lies outside [32, 512]")]
    [InlineData("super_convergence", "max_lr: range_test, batch_size: [32, 64], dropout: {values: [0, 0.1], when: {batch_size: 64}}", "is not for strategy super_convergence")]
    public void Read_ConditionThatAStrategyCannotHold_SaysSo(string strategy, string space, string message) => Assert.Contains(
        message, Assert.Single(SpecReader.Read(Text(space, $"strategy: {strategy}, ")).Problems).Message, StringComparison.Ordinal);

    [Fact]
    public void Validate_ConditionFromTheWire_IsCheckedAsOneThatWasRead()
    {
        SweepSpec spec = Read("batch_size: [128, 512]");
        SweepSpec With(params ImmutableArray<AxisCondition> conditions) =>
            spec with { Search = spec.Search with { Dropout = new AxisSpec.Values([0, 0.1]) { When = new AxisWhen(conditions) } } };

        Assert.Empty(SpecValidator.Validate(With(new AxisCondition("batch_size", new AxisSpec.Values([512])))));
        Assert.Contains("must name another axis", Assert.Single(SpecValidator.Validate(With())).Message, StringComparison.Ordinal);
        Assert.Contains("no axis is called speed", Assert.Single(SpecValidator.Validate(With(new AxisCondition("speed", new AxisSpec.Values([1]))))).Message, StringComparison.Ordinal);
        Assert.Contains("at least one value", Assert.Single(SpecValidator.Validate(With(new AxisCondition("batch_size", new AxisSpec.Values([]))))).Message, StringComparison.Ordinal);
        Assert.Contains("must be a value, a list", Assert.Single(SpecValidator.Validate(With(new AxisCondition("batch_size", new AxisSpec.FromRangeTest(1, 1, 1))))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Yaml_AnyConditionalSpace_ReadsBackEqualAndItsJsonToo() => Gen.Select(
        Gen.OneOfConst("[64, 128, 512]", "{min: 64, max: 512, step: 64}", "{values: [64, 128], when: {train_size: [1000, all]}}"),
        Gen.OneOfConst("", ", when: {batch_size: [64, 128]}", ", when: {batch_size: {min: 100, max: 130}}, else: 0.25", ", when: {batch_size: 64, train_size: 1000}"),
        Gen.OneOfConst("values: [0, 0.1]", "values: 0.2", "min: 0, max: 0.4, step: 0.2", "linear: [0.1, 0.2], points: 3"))
        .Sample(
            (batch, when, dropout) =>
            {
                SweepSpec spec = Good.Read(Text($"batch_size: {batch}, dropout: {{{dropout}{when}}}").Replace("data: mnist", "data: {set: mnist, train_size: [1000, 3000, all]}", StringComparison.Ordinal));

                Assert.Equal(spec, Good.Read(SpecYaml.Write(spec)));
                Assert.Equal(spec, SpecJson.Read(SpecJson.Write(spec)));
            },
            iter: 60);

    private static SweepSpec Read(string space) => Good.Read(Text(space));

    private static string Text(string space, string search = "") =>
        Good.With($"search: {{{search}space: {{{(space.StartsWith("max_lr: ", StringComparison.Ordinal) ? "" : "max_lr: 0.1, ")}{space}}}}}");
}
