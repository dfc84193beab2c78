using Sweeper.Training.Data;
using Sweeper.Training.Running;
using Sweeper.Training.Schedules;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Running;

/// <summary>Readings of annealed copies: honest, and without a trace in the run itself.</summary>
public sealed class CooldownTests : IDisposable
{
    private static readonly CooldownPlan Plan = new([0.5, 0.75], 0.1);
    private readonly ImageData _data = EngineFixtures.Tiny();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sweeper-cooldown-");

    public void Dispose()
    {
        _data.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_WithCooldowns_EndsWithTheSameBits(bool adam)
    {
        TrainingResult plain = Run(EngineFixtures.Job(adam));
        TrainingResult cooled = Run(EngineFixtures.Job(adam) with { Cooldown = Plan });

        Assert.Equal(plain.FinalWeightsHash, cooled.FinalWeightsHash);
        Assert.Equal(plain.Curve.AsEnumerable(), cooled.Curve);
        Assert.Equal(plain.Evaluations.AsEnumerable(), Without(cooled));
        Assert.Equal([17, 25], Readings(cooled).Select(reading => reading.Step)); // 16.5 and 24.75
        Assert.Equal((33, 6), (cooled.Steps, cooled.CooldownSteps)); // twice 3 of 33
        Assert.Equal(39 / 11.0, cooled.Epochs);
        Assert.Equal(6 / 11.0, cooled.CooldownEpochs);
        Assert.Equal((0, 3.0), (plain.CooldownSteps, plain.Epochs));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reading_OfACopy_IsWhatARunReachesThatIsAnnealedThere(bool adam)
    {
        TrainingJob job = EngineFixtures.Job(adam);

        TrainingResult cooled = Run(job with { Cooldown = new CooldownPlan([0.4], 0.3) });

        EvaluationReading reading = Assert.Single(Readings(cooled));
        Assert.Equal((13, 9), (reading.Step, cooled.CooldownSteps));
        TrainingResult annealed = Run(job with
        {
            Length = new RunLength.InSteps(reading.Step + 9),
            Schedule = _ => new Annealed(job.Schedule(33), reading.Step, 9),
        });
        Assert.Equal((annealed.Validation!.Value.Loss, annealed.Validation.Value.Accuracy), (reading.Loss, reading.Accuracy));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Resume_CancelledAnywhere_EndsWithTheSameBitsAndReadings(bool adam)
    {
        TrainingJob job = EngineFixtures.Job(adam) with { Cooldown = Plan };
        TrainingResult whole = Run(job);
        for (int step = 14; step < 28; step++)
        {
            TrainingJob saved = Saved(job, $"{step}");
            Assert.Equal(new TrainingOutcome.Cancelled(step), Run(saved, CancelAt(step, times: 1)).Outcome);

            TrainingResult resumed = Run(saved);

            Assert.Equal(step, resumed.ResumedFromStep);
            TrainerTests.AssertSameNumbers(whole, resumed);
            Assert.Equal(whole.Epochs, resumed.Epochs);
        }
    }

    [Fact]
    public void Cancel_InTheMiddleOfACopy_KeepsTheRunAndReadsAnew()
    {
        TrainingJob job = EngineFixtures.Job() with { Cooldown = new CooldownPlan([0.5], 0.2) };
        TrainingResult whole = Run(job);
        TrainingJob saved = Saved(job, "middle");

        TrainingResult half = Run(saved, CancelAt(17, times: 4)); // the copy reports its run's step
        TrainingResult resumed = Run(saved);

        Assert.Equal(new TrainingOutcome.Cancelled(17), half.Outcome);
        Assert.Empty(Readings(half));
        TrainerTests.AssertSameNumbers(whole, resumed);
    }

    [Fact]
    public void Resume_WithOtherCooldowns_IsRefused()
    {
        TrainingJob saved = Saved(EngineFixtures.Job() with { Cooldown = Plan }, "other");
        Run(saved, CancelAt(5, times: 1));

        CheckpointException error = Assert.Throws<CheckpointException>(() => Run(saved with { Cooldown = Plan with { Length = 0.2 } }));

        Assert.Contains("is of another run", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_OfAFewSteps_ReadsWithinItsSteps(int steps)
    {
        TrainingResult result = Run(EngineFixtures.Job() with { Length = new RunLength.InSteps(steps), Cooldown = new CooldownPlan([0.01, 0.5, 0.9], 0.1) });

        Assert.IsType<TrainingOutcome.Completed>(result.Outcome);
        Assert.Equal(Enumerable.Range(1, steps - 1), Readings(result).Select(reading => reading.Step));
    }

    [Theory]
    [InlineData(new[] { 0.0 }, 0.1, 0.1, "starts at 0 of the run")]
    [InlineData(new[] { 0.5, 0.5 }, 0.1, 0.1, "must rise")]
    [InlineData(new[] { 1.0 }, 0.1, 0.1, "starts at 1 of the run")]
    [InlineData(new[] { 0.95 }, 0.1, 0.1, "must end within the run")]
    [InlineData(new[] { 0.5 }, 0.0, 0.1, "takes 0 of the run")]
    [InlineData(new[] { 0.5 }, double.NaN, 0.1, "takes NaN of the run")]
    [InlineData(new double[0], 0.1, 0.1, "at no point")]
    [InlineData(new[] { 0.5 }, 0.1, 0.0, "there are none")]
    public void Check_BadPlan_SaysWhy(double[] at, double length, double validation, string reason)
    {
        TrainingJob job = EngineFixtures.Job() with { Cooldown = new CooldownPlan([.. at], length), Validation = validation };

        Assert.Contains(job.Check(_data.Shape, _data.Classes.Count), problem => problem.Contains(reason, StringComparison.Ordinal));
    }

    private static IEnumerable<EvaluationReading> Readings(TrainingResult result) =>
        result.Evaluations.Where(reading => reading.Images == EvaluationImages.Cooldown);

    private static IEnumerable<EvaluationReading> Without(TrainingResult result) =>
        result.Evaluations.Where(reading => reading.Images != EvaluationImages.Cooldown);

    private TrainingJob Saved(TrainingJob job, string name) => job with
    {
        Checkpoint = new CheckpointOptions { Path = Path.Combine(_folder.FullName, name), Interval = TimeSpan.FromHours(1) },
    };

    private TrainingResult Run(TrainingJob job) => new Trainer(TimeProvider.System).Run(job, _data, null, CancellationToken.None);

    private TrainingResult Run(TrainingJob job, (IProgress<TrainingProgress> Progress, CancellationToken Token) how) =>
        new Trainer(TimeProvider.System).Run(job, _data, how.Progress, how.Token);

    private static (IProgress<TrainingProgress> Progress, CancellationToken Token) CancelAt(int step, int times)
    {
        CancellationTokenSource stop = new();
        int seen = 0;
        return (new SynchronousProgress(report =>
        {
            if (report.Step == step && ++seen == times)
            {
                stop.Cancel();
            }
        }), stop.Token);
    }

    /// <summary>A run that leaves its schedule for a straight line to 0.</summary>
    private sealed record Annealed(Schedule Run, int From, int Length) : Schedule(From + Length)
    {
        private protected override SchedulePoint PointAt(int step) => step < From
            ? Run.At(step)
            : Run.At(From) with { LearningRate = Run.At(From).LearningRate * (From + Length - step) / Length };
    }
}
