using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Workers.External;
using Sweeper.Tests.Unit.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Workers.External;

/// <summary>What an external trainer reports.</summary>
public sealed class MetricsTests
{
    private const string Text = """
        name: mine
        trainer: {command: [train], train_examples: 100, validation_examples: 20, classes: 10}
        training: {epochs: 2}
        range_test: {method: fastai, steps: 40}
        search: {space: {max_lr: range_test, batch_size: 10, weight_decay: 0, dropout: 0}}
        """;

    [Theory]
    [InlineData("""{"step": 1, "loss": NaN}""", double.NaN)]
    [InlineData("""{"loss":-Infinity,"step":1}""", double.NegativeInfinity)]
    [InlineData("""{"step": 1, "loss": 2.5e-3}""", 0.0025)]
    public void Line_Loss_IsReadAsPythonWritesIt(string text, double loss) => Assert.Equal(loss, MetricsLine.Read(text, 5).Line?.Loss);

    [Theory]
    [InlineData("", "is no JSON")]
    [InlineData("[1]", "is no JSON object")]
    [InlineData("""{"loss": 1}""", "must have a step")]
    [InlineData("""{"step": 1.5, "loss": 1}""", "must have a step")]
    [InlineData("""{"step": 6, "loss": 1}""", "from 1 to 5")]
    [InlineData("""{"step": 1}""", "neither a loss nor a reading")]
    [InlineData("""{"step": 1, "loss": "low"}""", "a loss that is no number")]
    [InlineData("""{"step": 1, "acc": 1}""", "unknown key acc")]
    [InlineData("""{"step": 1, "test_loss": 1}""", "without test_accuracy")]
    [InlineData("""{"step": 1, "validation_accuracy": 1}""", "without validation_loss")]
    [InlineData("""{"step": 1, "test_loss": 1, "test_accuracy": 1.01}""", "fraction from 0 to 1")]
    public void Line_Bad_SaysWhatIsWrong(string text, string words) => Assert.Contains(words, MetricsLine.Read(text, 5).Complaint, StringComparison.Ordinal);

    [Fact]
    public void Recorder_StepThatComesAgain_ReplacesWhatCameAfterIt()
    {
        var recorder = new MetricsRecorder(ExternalPlan.Of(Ticket(JobKind.Trial)), 10);
        foreach (string line in new[] { Loss(1, 3), Loss(2, 2), """{"step": 2, "validation_loss": 1, "validation_accuracy": 0.1}""", Loss(3, 1), Loss(2, 2.5), Loss(3, 1.5) })
        {
            recorder.Take(line);
        }

        Assert.Null(recorder.Complaint);
        Assert.Equal([(1, 3.0), (2, 2.5), (3, 1.5)], recorder.Losses.Select(loss => (loss.Step, loss.Loss)));
        Assert.Empty(recorder.Readings);
    }

    [Fact]
    public void Recorder_ExponentialRampThatExplodes_Diverges()
    {
        var recorder = new MetricsRecorder(ExternalPlan.Of(Ticket(JobKind.RangeTest)), 10);
        for (int step = 1; step <= 30; step++)
        {
            recorder.Take(Loss(step, step < 10 ? 1 : 500));
        }

        Assert.NotNull(recorder.Diverged);
        Assert.InRange(recorder.Diverged.Step, 10, 20);
        Assert.Equal(recorder.Diverged.Step, recorder.Losses.Count);
    }

    [Fact]
    public void Plan_Trial_IsAsLongAsTheEnginesAndReadsAtEpochs()
    {
        var plan = ExternalPlan.Of(Ticket(JobKind.Trial));

        Assert.Equal((20, 10), (plan.Steps, plan.StepsPerEpoch));
        Assert.Equal([10, 20], plan.ValidateAt);
        Assert.Equal([20], plan.TestAt);
    }

    [Fact]
    public void File_GrowingInPieces_GivesWholeLinesOnce()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("sweeper-metrics-").FullName, "metrics.jsonl");
        try
        {
            File.WriteAllText(path, "one\ncut");
            var file = new MetricsFile(path);
            file.Prepare();
            Assert.Equal(["one"], file.Read(ended: false));
            File.AppendAllText(path, "two\nth");
            Assert.Equal(["two"], file.Read(ended: false));
            File.AppendAllText(path, "ree");
            Assert.Empty(file.Read(ended: false));
            Assert.Equal(["three"], file.Read(ended: true));
            File.WriteAllText(path, "");
            Assert.Throws<InvalidDataException>(() => file.Read(ended: false));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    private static string Loss(int step, double loss) => FormattableString.Invariant($"{{\"step\": {step}, \"loss\": {loss}}}");

    private static JobTicket Ticket(JobKind kind)
    {
        SweepSpec spec = Good.Read(Text);
        return new JobTicket(new JobKey(spec.Name, kind, 1), 1, 1, new Configuration(0.1, 10, 0, 0), 1, spec);
    }
}
