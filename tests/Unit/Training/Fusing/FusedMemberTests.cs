using Sweeper.Tests.Unit.Training.Running;
using Sweeper.Training.Data;
using Sweeper.Training.Fusing;
using Sweeper.Training.RangeTests;
using Sweeper.Training.Running;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Fusing;

/// <summary>What happens to one member, and that the others do not notice.</summary>
public sealed class FusedMemberTests : IDisposable
{
    /// <summary>Nats. Rounding alone gives 1e-6 in 100 steps, until it makes a max pooling choose the other of two pixels: that gives up to 1e-2.</summary>
    private const double Tolerance = 0.02;
    private readonly ImageData _data = EngineFixtures.Tiny();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("mlp")]
    [InlineData("small-cnn")]
    public void Run_OneDiverges_ItEndsAsAloneAndTheOthersGoOn(string model)
    {
        TrainingJob[] jobs = [Job(model, 1), Job(model, 2) with { Schedule = steps => FusedRuns.Cycle(1e9, steps) }, Job(model, 3)];
        TrainingResult[] alone = FusedRuns.Alone(jobs, _data);
        // It diverges within microseconds: a thread that is kept waiting finds it gone, and then there was nothing to disturb.
        TrainingResult[] fused = FusedRuns.Together(jobs, _data);
        for (int again = 0; again < 20 && !fused[1].Circumstances.Platform.EndsWith(", fused", StringComparison.Ordinal); again++)
        {
            fused = FusedRuns.Together(jobs, _data);
        }

        TrainingOutcome.Diverged expected = Assert.IsType<TrainingOutcome.Diverged>(alone[1].Outcome);
        Assert.InRange(Assert.IsType<TrainingOutcome.Diverged>(fused[1].Outcome).Step, expected.Step - 1, expected.Step + 1);
        Assert.EndsWith(", fused", fused[1].Circumstances.Platform, StringComparison.Ordinal);
        AssertAlike(alone[0], fused[0]);
        AssertAlike(alone[2], fused[2]);
    }

    [Fact]
    public void Run_OneIsCancelledAndGoesOnAlone_AllEndAsIfTheyHadBeenAlone()
    {
        string folder = Directory.CreateTempSubdirectory("sweeper-fused").FullName;
        try
        {
            TrainingJob[] jobs = [Job("small-cnn", 1), Job("small-cnn", 2), Job("small-cnn", 3)];
            TrainingResult[] alone = FusedRuns.Alone(jobs, _data);
            jobs[1] = jobs[1] with { ProgressInterval = TimeSpan.Zero, Checkpoint = new CheckpointOptions { Path = Path.Combine(folder, "one") } };
            using CancellationTokenSource stop = new();
            TrainingResult[] fused = FusedRuns.Together(jobs, _data, (job, at) =>
            {
                if (job == 1 && at.Step >= 40)
                {
                    stop.Cancel();
                }
            }, job => job == 1 ? stop.Token : CancellationToken.None);

            Assert.Equal(40, Assert.IsType<TrainingOutcome.Cancelled>(fused[1].Outcome).Step);
            AssertAlike(alone[0], fused[0]);
            AssertAlike(alone[2], fused[2]);
            TrainingResult rest = new Trainer(TimeProvider.System).Run(jobs[1], _data, null, CancellationToken.None);
            Assert.Equal(40, rest.ResumedFromStep);
            AssertAlike(alone[1], rest);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Run_NextJoinsWhereOneHasEnded_EachEndsAsAlone()
    {
        // Two places, four runs of different lengths on two threads: as one ends, the next takes its place beside the other.
        TrainingJob[] jobs = [Job("small-cnn", 1, 50), Job("small-cnn", 2, 90), Job("small-cnn", 3, 70), Job("small-cnn", 4, 60)];
        TrainingResult[] alone = FusedRuns.Alone(jobs, _data);
        using TrainingArrays arrays = new(lanes: 1) { Members = 2 };
        using Barrier ready = new(2);
        var trainer = new Trainer(TimeProvider.System, arrays);
        TrainingResult[][] fused = FusedRuns.OnThreads<int[], TrainingResult[]>([[0, 2], [1, 3]], turns =>
        [
            .. turns.Select(turn =>
            {
                if (turn < 2)
                {
                    ready.SignalAndWait();
                }

                return trainer.Run(jobs[turn], _data, null, CancellationToken.None);
            }),
        ]);

        AssertAlike(alone[0], fused[0][0]);
        AssertAlike(alone[1], fused[1][0]);
        AssertAlike(alone[2], fused[0][1]);
        AssertAlike(alone[3], fused[1][1]);
        Assert.EndsWith(", fused", fused[0][1].Circumstances.Platform, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OfAnotherBatchSize_TrainsBesideThemBitForBitAsAlone()
    {
        TrainingJob[] jobs = [Job("mlp", 1), Job("mlp", 2), Job("mlp", 3) with { BatchSize = 20 }];
        TrainingResult[] alone = FusedRuns.Alone(jobs, _data);
        TrainingResult[] fused = FusedRuns.Together(jobs, _data);

        AssertAlike(alone[0], fused[0]);
        AssertAlike(alone[1], fused[1]);
        Assert.Equal(alone[2].FinalWeightsHash, fused[2].FinalWeightsHash);
        Assert.Equal(alone[2].Circumstances.Platform, fused[2].Circumstances.Platform);
        Assert.NotEqual(alone[0].Circumstances.Platform, fused[0].Circumstances.Platform);
    }

    [Fact]
    public void Run_StepThatFailsForAll_SaysSoAndTheRunIsWellAlone()
    {
        // The other run's images are taken away under it.
        using ImageData taken = EngineFixtures.Tiny();
        TrainingJob[] jobs = [Job("mlp", 1) with { ProgressInterval = TimeSpan.Zero }, Job("mlp", 2) with { ProgressInterval = TimeSpan.Zero }];
        using TrainingArrays arrays = new(lanes: 1) { Members = 2 };
        using Barrier ready = new(2);
        var trainer = new Trainer(TimeProvider.System, arrays);
        Exception?[] thrown = FusedRuns.OnThreads<int, Exception?>([0, 1], k => Record.Exception(() => trainer.Run(
            jobs[k],
            k == 1 ? taken : _data,
            new SynchronousProgress(at =>
            {
                if (at.Step == 0)
                {
                    ready.SignalAndWait();
                }
                else if (k == 1 && at.Step == 20)
                {
                    taken.Dispose();
                }
            }),
            CancellationToken.None)));

        Assert.All(thrown, error => Assert.Equal((2, 1), (Assert.IsType<FusedStepException>(error).Members, ((FusedStepException)error).NextMembers)));
        Assert.Equal(
            FusedRuns.Alone([jobs[0]], _data)[0].FinalWeightsHash,
            trainer.Run(jobs[0], _data, null, CancellationToken.None).FinalWeightsHash);
    }

    [Fact]
    public void RangeTests_Together_GiveTheCurvesOfEachAlone()
    {
        RangeTestJob[] jobs = [Test(1, 0), Test(2, 1e-3), Test(3, 1e-2)];
        var alone = jobs.Select(job => new RangeTestRunner(TimeProvider.System).Run(job, _data, null, CancellationToken.None)).ToArray();
        using TrainingArrays arrays = new(lanes: 1) { Members = 3 };
        using Barrier ready = new(3);
        RangeTestRunner runner = new(TimeProvider.System, arrays);
        RangeTestResult[] fused = FusedRuns.OnThreads(jobs, job =>
        {
            ready.SignalAndWait();
            return runner.Run(job, _data, null, CancellationToken.None);
        });

        foreach ((RangeTestResult one, RangeTestResult other) in alone.Zip(fused))
        {
            Assert.EndsWith(", fused", other.Circumstances.Platform, StringComparison.Ordinal);
            Assert.Equal(one.Curve.Points.Length, other.Curve.Points.Length);
            Assert.All(one.Curve.Points.Zip(other.Curve.Points), pair => Assert.Equal(pair.First.Loss, pair.Second.Loss, 1e-3));
        }
    }

    private static void AssertAlike(TrainingResult alone, TrainingResult fused)
    {
        Assert.IsType<TrainingOutcome.Completed>(fused.Outcome);
        Assert.Equal(alone.Curve.Length, fused.Curve.Length);
        Assert.All(alone.Curve.Zip(fused.Curve), pair => Assert.Equal(pair.First.TrainLoss, pair.Second.TrainLoss, Tolerance));
        Assert.Equal(alone.Evaluations.Length, fused.Evaluations.Length);
        Assert.All(alone.Evaluations.Zip(fused.Evaluations), pair => Assert.Equal(pair.First.Loss, pair.Second.Loss, Tolerance));
    }

    private static TrainingJob Job(string model, long seed, int steps = 100) => FusedRuns.Job(model, steps, 0.01, 1e-3, 0.1, seed);

    private static RangeTestJob Test(long seed, double decay)
    {
        TrainingJob like = FusedRuns.Job("small-cnn", 60, 0.01, decay, 0.1, seed);
        return new RangeTestJob
        {
            Model = like.Model,
            Optimiser = like.Optimiser,
            BatchSize = like.BatchSize,
            Ramp = new RangeTestRamp.Exponential(1e-5, 1e-2, 60),
            MomentumStart = 0.9,
            Seed = seed,
        };
    }
}
