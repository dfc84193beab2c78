using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Tests.Unit.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Jobs;

public sealed class JobIdentityTests
{
    private static readonly SweepSpec Spec = TestSpecs.Rates(0.1);
    private static readonly Configuration At = new(0.1, 32, 1e-4, 0.2);
    private static readonly CellKey Cell = new(32, 1e-4, 0.2);

    /// <summary>Specs whose trials are the same as <see cref="Spec"/>'s.</summary>
    public static TheoryData<SweepSpec> Same =>
    [
        Spec with { Name = "another" },
        Spec with { Limits = new LimitsSpec(Trials: 3, Epochs: 100, Attempts: 9) },
        Spec with { RangeTest = Spec.RangeTest with { To = 7 } },
        Spec.WithSearch(search => search with { Strategy = SearchStrategy.Tpe, Trials = 50, Seeds = 4, SelectBy = SelectionSet.Test, Reuse = false }),
        Spec.WithSearch(search => search with { Objective = Metric.LogLoss }), // every metric is measured, whichever ranks
    ];

    /// <summary>Specs whose trials are not.</summary>
    public static TheoryData<SweepSpec> Other =>
    [
        Spec with { Seed = Spec.Seed + 1 }, // another validation split
        Spec with { Data = Spec.Data with { Set = "mnist" } },
        Spec with { Data = Spec.Data with { TrainSize = 500 } },
        Spec with { Data = Spec.Data with { Validation = 0.2 } },
        Spec with { Data = Spec.Data with { Flip = true } },
        Spec with { Data = Spec.Data with { Path = "/data/other" } },
        Spec with { Data = Spec.Data with { Streaming = true } }, // another order
        Spec with { Model = Spec.Model with { Name = "lenet" } },
        Spec with { Model = Spec.Model with { Init = WeightInitSpec.XavierNormal } },
        Spec.WithEpochs(3),
        Spec with { Training = Spec.Training with { EvaluateEvery = 2 } },
        Spec with { Training = Spec.Training with { TestAtEpochs = [1] } },
        Spec with { Training = Spec.Training with { Schedule = Spec.Training.Schedule with { FinalDiv = 10 } } },
        Spec with { Training = Spec.Training with { Optimizer = Spec.Training.Optimizer with { Nesterov = true } } },
        Spec with { Training = Spec.Training with { Mixup = 0.2 } },
        Spec with { Training = Spec.Training with { Precision = PrecisionSpec.BFloat16 } },
        Spec with { Training = Spec.Training with { Metrics = new MetricSpecs([new MetricSpec("host", "kappa", "0")]) } }, // measured beside the others
        Spec with { Data = Spec.Data with { Task = TaskSpec.Regression } },
        Spec with { Training = Spec.Training with { Cutmix = 0.2 } },
        Spec with { Training = Spec.Training with { ClassWeights = ClassWeightsSpec.Balanced } },
        Spec with { Training = Spec.Training with { ClassWeights = new ClassWeightsSpec([new ClassWeight("a", 2)]) } },
    ];

    [Theory]
    [MemberData(nameof(Same))]
    public void OfTrial_NothingThatDecidesNumbers_IsTheSame(SweepSpec spec) =>
        Assert.Equal(JobIdentity.OfTrial(Spec, At, 5, null), JobIdentity.OfTrial(spec, At, 5, null));

    [Theory]
    [MemberData(nameof(Other))]
    public void OfTrial_AnythingThatDecidesNumbers_IsAnother(SweepSpec spec) =>
        Assert.NotEqual(JobIdentity.OfTrial(Spec, At, 5, null), JobIdentity.OfTrial(spec, At, 5, null));

    [Fact]
    public void OfTrial_PlanThatSaysWhatTheSpecSays_IsTheSame()
    {
        var plan = new TrialPlan(TrialRole.Candidate, Spec.Training.Epochs, Spec.Training.Schedule, "whatever the reason", 1, 2);

        Assert.Equal(JobIdentity.OfTrial(Spec, At, 5, null), JobIdentity.OfTrial(Spec, At, 5, plan));
        Assert.Equal(JobIdentity.OfTrial(Spec.WithEpochs(9), At, 5, null), JobIdentity.OfTrial(Spec, At, 5, plan with { Epochs = 9 }));
    }

    [Fact]
    public void OfTrial_PointAndSeed_Count()
    {
        string[] all =
        [
            JobIdentity.OfTrial(Spec, At, 5, null), JobIdentity.OfTrial(Spec, At, 6, null), JobIdentity.OfTrial(Spec, At with { MaxLearningRate = 0.2 }, 5, null),
            JobIdentity.OfTrial(Spec, At with { BatchSize = 64 }, 5, null), JobIdentity.OfTrial(Spec, At with { WeightDecay = 0 }, 5, null),
            JobIdentity.OfTrial(Spec, At with { Dropout = 0 }, 5, null), JobIdentity.OfRangeTest(Spec, Cell, 1),
        ];

        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void OfRangeTest_WhatOnlyItsTrialsNeed_IsTheSame()
    {
        SweepSpec other = Spec.WithEpochs(30) with { RangeTest = Spec.RangeTest with { PullBack = 0.3 } };

        Assert.Equal(JobIdentity.OfRangeTest(Spec, Cell, 1), JobIdentity.OfRangeTest(other, Cell, 1));
        Assert.NotEqual(JobIdentity.OfRangeTest(Spec, Cell, 1), JobIdentity.OfRangeTest(Spec, Cell, 4));
        Assert.NotEqual(
            JobIdentity.OfRangeTest(Spec, Cell, 1), JobIdentity.OfRangeTest(Spec with { RangeTest = Spec.RangeTest with { To = 7 } }, Cell, 1));
    }

    [Fact]
    public void OfRangeTest_Repeat_IsAnotherTestThatConcludesOtherwise()
    {
        string[] all =
        [
            JobIdentity.OfRangeTest(Spec, Cell, 1), JobIdentity.OfRangeTest(Spec, Cell, 1, new RangeTestRepeat(1, Spec.RangeTest.To, "why")),
            JobIdentity.OfRangeTest(Spec, Cell, 1, new RangeTestRepeat(1, Spec.RangeTest.To / 2, "why")),
        ];

        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Equal(all[1], JobIdentity.OfRangeTest(Spec, Cell, 1, new RangeTestRepeat(7, Spec.RangeTest.To, "another reason")));
    }

    /// <summary>Stores hold these: where a new setting changes them, older results are not found again, and that is to be known.</summary>
    [Fact]
    public void Fingerprints_OfTheStore_AreStable()
    {
        Assert.Equal(("d695b41b", "6cb128b5"), (JobIdentity.OfTrial(Spec, At, 5, null)[..8], JobIdentity.OfRangeTest(Spec, Cell, 1)[..8]));
        Assert.Equal(JobIdentity.OfTrial(Spec, At, 5, null), JobIdentity.OfTrial(SpecJson.Read(SpecJson.Write(Spec)), At, 5, null));
    }

    [Fact]
    public void Of_Ticket_IsThatOfItsParts()
    {
        var ticket = new JobTicket(new JobKey("x", JobKind.Trial, 3), 1, 1, At, 5, Spec);

        Assert.Equal(JobIdentity.OfTrial(Spec, At, 5, null), JobIdentity.Of(ticket));
        Assert.Equal(JobIdentity.OfRangeTest(Spec, Cell, 2), JobIdentity.Of(ticket with { Key = new JobKey("x", JobKind.RangeTest, 1), LengthFactor = 2 }));
    }
}
