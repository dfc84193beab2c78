using CsCheck;
using Sweeper.Contracts.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Specs;

/// <summary>Specs that arrive as records, without a file.</summary>
public sealed class SpecValidatorTests
{
    private static readonly SweepSpec Spec = Good.Read(Good.Text);

    /// <summary>Faults that only a record can have, or that have to be found in a record too, with their path.</summary>
    public static TheoryData<string> Faults => [.. Faulty.Keys];

    private static readonly Dictionary<string, SweepSpec> Faulty = new()
    {
        ["data"] = Spec with { Data = null! },
        ["training.schedule"] = Spec with { Training = Spec.Training with { Schedule = null! } },
        ["name"] = Spec with { Name = null! },
        ["data.set"] = Spec with { Data = Spec.Data with { Set = "nowhere" } },
        ["model.name"] = Spec with { Model = new ModelSpec("nothing") },
        ["model.init"] = Spec with { Model = Spec.Model with { Init = (WeightInitSpec)99 } },
        ["training.epochs"] = Spec with { Training = Spec.Training with { Epochs = double.NaN } },
        ["training.schedule.type"] = Schedule(Spec.Training.Schedule with { Type = (ScheduleType)99 }),
        ["training.schedule.peak_at"] = Schedule(Spec.Training.Schedule with { PeakAt = double.PositiveInfinity }),
        ["training.schedule.milestones"] = Schedule(Spec.Training.Schedule with { Milestones = default }),
        ["training.test_at_epochs"] = Spec with { Training = Spec.Training with { TestAtEpochs = default } },
        ["range_test.to"] = Spec with { RangeTest = Spec.RangeTest with { To = 0 } },
        ["search.space.max_lr"] = Space(Spec.Search with { MaxLearningRate = null! }),
        ["search.space.batch_size"] = Space(Spec.Search with { BatchSize = new AxisSpec.Values(default) }),
        ["search.space.weight_decay"] = Space(Spec.Search with { WeightDecay = new AxisSpec.FromRangeTest(1, 1, 1) }),
        ["search.space.dropout.points"] = Space(Spec.Search with { Dropout = new AxisSpec.Range(0, 0.5, Log: false, Points: 0) }),
        ["search.space"] = Space(Spec.Search with { Seeds = 1000, Dropout = new AxisSpec.Range(0, 0.5, Log: false, Points: 2000) }),
        ["limits.wall_time"] = Spec with { Limits = new LimitsSpec(WallTime: TimeSpan.FromSeconds(-1)) },
        ["limits.attempts"] = Spec with { Limits = new LimitsSpec(Attempts: 0) },
        ["purpose"] = Spec with { Purpose = (SweepPurpose)99 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Validate_OneFault_IsReportedAtItsPath(string path)
    {
        SpecProblem problem = Assert.Single(SpecValidator.Validate(Faulty[path]));

        Assert.Equal((path, 0), (problem.Path, problem.Line));
    }

    [Fact]
    public void Validate_SpecThatWasRead_HasNoProblems() =>
        SpecGen.Specs.Sample(spec => Assert.Empty(SpecValidator.Validate(spec)), iter: 100);

    [Fact]
    public void Validate_SeveralFaults_ReportsThemAll() => Assert.Equal(
        ["name", "training.epochs", "search.seeds"],
        SpecValidator.Validate(Spec with
        {
            Name = "",
            Training = Spec.Training with { Epochs = 0 },
            Search = Spec.Search with { Seeds = 0 },
        }).Select(problem => problem.Path));

    private static SweepSpec Schedule(ScheduleSpec schedule) => Spec with { Training = Spec.Training with { Schedule = schedule } };

    private static SweepSpec Space(SearchSpec search) => Spec with { Search = search };
}
