using Sweeper.Contracts.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Specs;

public sealed class SpecReaderTests
{
    [Fact]
    public void Read_SmallestSpec_TakesEveryDefault()
    {
        SweepSpec spec = Good.Read("name: first\ndata: fashion-mnist-10k\nmodel: small-cnn\ntraining: {epochs: 3}\n");

        Assert.Equal(
            new SweepSpec(
                "first",
                Seed: 1,
                new DataSpec("fashion-mnist-10k"),
                new ModelSpec("small-cnn"),
                new TrainingSpec(3, ScheduleDefaults.Of(ScheduleType.Fastai), new OptimizerSpec(), EvaluateEvery: 1, TestAtEpochs: []),
                new RangeTestSpec(RangeTestMethod.Smith, From: 0, To: 1, Epochs: 4, Steps: null, Points: 50, PullBack: 0.7),
                new SearchSpec(
                    SearchStrategy.Grid,
                    Trials: 20,
                    Seeds: 1,
                    SelectionSet.Validation,
                    new AxisSpec.FromRangeTest(0.25, 1, 1),
                    new AxisSpec.Values([128]),
                    new AxisSpec.Values([1e-4]),
                    new AxisSpec.Values([0])),
                new LimitsSpec()),
            spec);
    }

    [Fact]
    public void Read_EveryKey_ArrivesInTheSpec()
    {
        SweepSpec spec = Good.Read(
            """
            name: all.keys_1-x
            seed: 7
            data:
              set: image-folder
              path: ~/my pictures
              train_size: 5k
              validation: 20%
              image_size: 48
              augment: {flip: true, crop: 4, cutout: 8}
            model: {name: resnet20, init: kaiming_normal, batch_norm_momentum: 0.05}
            training:
              epochs: 12.5
              schedule: {type: pytorch_three_phase, peak_at: 45%, start_div: 10, final_div: 100, anneal: linear, momentum: [0.95, 0.8]}
              optimizer: {type: adamw, beta2: 0.99, epsilon: 1e-6, decay_bias_and_norm: false, clip_norm: 2}
              evaluate_every: 2
              test_at_epochs: [1, 5]
            range_test: {method: smith, from: 1e-5, to: 0.1, steps: 200, points: 60, pull_back: 0.8}
            search:
              strategy: random
              trials: 40
              seeds: 3
              select_by: test
              space:
                max_lr: {min: 0.001, max: 0.1}
                batch_size: {linear: [32, 512]}
                weight_decay: {log: [1e-6, 1e-2]}
                dropout: {min: 0, max: 0.5}
            limits: {trials: 30, epochs: 400, wall_time: 1h30m, max_parallel: 2, attempts: 3}
            """);

        Assert.Equal(
            new SweepSpec(
                "all.keys_1-x",
                7,
                new DataSpec("image-folder", "~/my pictures", 5000, 0.2, 48, Flip: true, Crop: 4, Cutout: 8),
                new ModelSpec("resnet20", WeightInitSpec.KaimingNormal, 0.05),
                new TrainingSpec(
                    12.5,
                    ScheduleDefaults.Of(ScheduleType.PyTorchThreePhase) with
                    {
                        PeakAt = 0.45, StartDiv = 10, FinalDiv = 100, Anneal = AnnealShape.Linear, MomentumLow = 0.8,
                    },
                    new OptimizerSpec(OptimizerType.AdamW, Nesterov: false, 0.99, 1e-6, DecayBiasAndNorm: false, ClipNorm: 2),
                    EvaluateEvery: 2,
                    TestAtEpochs: [1, 5]),
                new RangeTestSpec(RangeTestMethod.Smith, 1e-5, 0.1, RangeTestDefaults.Epochs, 200, 60, 0.8),
                new SearchSpec(
                    SearchStrategy.Random,
                    40,
                    3,
                    SelectionSet.Test,
                    new AxisSpec.Range(0.001, 0.1, Log: true, Points: 0),
                    new AxisSpec.Range(32, 512, Log: false, Points: 0),
                    new AxisSpec.Range(1e-6, 1e-2, Log: true, Points: 0),
                    new AxisSpec.Range(0, 0.5, Log: false, Points: 0)),
                new LimitsSpec(30, 400, TimeSpan.FromMinutes(90), 2, 3)),
            spec);
    }

    [Theory]
    [InlineData("0.1", "values 0.1")]
    [InlineData("[0.05, 0.1]", "values 0.05 0.1")]
    [InlineData("{log: [0.01, 1], points: 4}", "range 0.01 1 log 4")]
    [InlineData("{linear: [0.01, 1], points: 2}", "range 0.01 1 linear 2")]
    [InlineData("{min: 0.01, max: 1, points: 3}", "range 0.01 1 log 3")]
    [InlineData("{min: 0.01, max: 1, scale: linear, points: 3}", "range 0.01 1 linear 3")]
    [InlineData("range_test", "test 0.25 1 1")]
    [InlineData("{range_test: {low: 0.5, high: 2, points: 5}}", "test 0.5 2 5")]
    [InlineData("{range_test: {low: 50%}}", "test 0.5 1 1")]
    [InlineData("{range_test: {}}", "test 0.25 1 1")]
    public void Read_FormsOfAnAxis_GiveTheAxis(string written, string expected)
    {
        AxisSpec axis = Good.Read(Good.With($"search: {{space: {{max_lr: {written}}}}}")).Search.MaxLearningRate;

        string actual = axis switch
        {
            AxisSpec.Values values => FormattableString.Invariant($"values {string.Join(' ', values.List)}"),
            AxisSpec.Range range => FormattableString.Invariant($"range {range.Min} {range.Max} {(range.Log ? "log" : "linear")} {range.Points}"),
            AxisSpec.FromRangeTest test => FormattableString.Invariant($"test {test.Low} {test.High} {test.Points}"),
            _ => "other",
        };
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("one_cycle", ScheduleType.Fastai, 0.25, 25.0, 1e5, 0.95, 0.85)]
    [InlineData("fastai", ScheduleType.Fastai, 0.25, 25.0, 1e5, 0.95, 0.85)]
    [InlineData("pytorch", ScheduleType.PyTorch, 0.3, 25.0, 1e4, 0.95, 0.85)]
    [InlineData("pytorch_three_phase", ScheduleType.PyTorchThreePhase, 0.3, 25.0, 1e4, 0.95, 0.85)]
    [InlineData("smith", ScheduleType.Smith, null, 10.0, 1000.0, 0.95, 0.85)]
    [InlineData("triangular", ScheduleType.Triangular, null, 30.0, null, 0.9, 0.9)]
    [InlineData("constant", ScheduleType.Constant, null, null, null, 0.9, 0.9)]
    [InlineData("step", ScheduleType.Step, null, null, null, 0.9, 0.9)]
    public void Read_ScheduleByItsTypeAlone_HasTheDefaultsOfItsReference(
        string written, ScheduleType type, double? peakAt, double? startDiv, double? finalDiv, double high, double low)
    {
        ScheduleSpec schedule = Good.Read(Good.With($"training: {{epochs: 1, schedule: {written}}}")).Training.Schedule;

        Assert.Equal(type, schedule.Type);
        Assert.Equal(peakAt ?? schedule.PeakAt, schedule.PeakAt);
        Assert.Equal(startDiv ?? schedule.StartDiv, schedule.StartDiv);
        Assert.Equal(finalDiv ?? schedule.FinalDiv, schedule.FinalDiv);
        Assert.Equal((high, low), (schedule.MomentumHigh, schedule.MomentumLow));
        Assert.Equal([0.5, 0.75], schedule.Milestones);
        Assert.Equal((0.9, 0.1, 1), (schedule.Cycle, schedule.Factor, schedule.Cycles));
    }

    [Theory]
    [InlineData("lenet", "sgd", "smith", 0, 0.5)]
    [InlineData("resnet56", "sgd", "smith", 0, 3)]
    [InlineData("wrn32x4", "sgd", "smith", 0, 3)]
    [InlineData("small-cnn", "sgd", "smith", 0, 1)]
    [InlineData("small-cnn", "adamw", "smith", 0, 0.01)]
    [InlineData("small-cnn", "sgd", "fastai", 1e-7, 10)]
    public void Read_RangeTestWithoutBounds_TakesThemFromModelOptimizerAndMethod(
        string model, string optimizer, string method, double from, double to)
    {
        SweepSpec spec = Good.Read(Good.With(
            $"model: {model}", $"training: {{epochs: 1, optimizer: {optimizer}}}", $"range_test: {{method: {method}}}"));

        Assert.Equal((from, to), (spec.RangeTest.From, spec.RangeTest.To));
    }

    [Fact]
    public void Read_Json_EqualsYaml()
    {
        const string Json =
            """
            {
            	"name": "t", "seed": 1, "data": {"set": "mnist"}, "model": "lenet",
            	"training": {"epochs": 2},
            	"search": {"space": {"max_lr": 1e-1, "batch_size": [128], "dropout": "0%"}}
            }
            """;

        Assert.Equal(Good.Read(Good.Text), Good.Read(Json));
    }

    [Theory]
    [InlineData("data: {set: mnist, train_size: all}")]
    [InlineData("limits: {trials: none, epochs: null, wall_time: ~}")]
    [InlineData("limits:")]
    [InlineData("data: {set: mnist, augment: }")]
    public void Read_NothingWhereNothingIsAllowed_IsTheDefault(string line) =>
        Assert.Equal(Good.Read(Good.Text), Good.Read(Good.With(line)));

    [Fact]
    public void Read_ByteOrderMarkAndWindowsLines_AreRead() =>
        Assert.Equal(Good.Read(Good.Text), Good.Read("\uFEFF" + Good.Text.ReplaceLineEndings("\r\n")));

    [Fact]
    public void Read_Settings_StandAboveTheText()
    {
        SpecReading reading = SpecReader.Read(
            Good.Text,
            settings: [("model.init", "xavier_normal"), ("training.epochs", "5"), ("search.space.batch_size", "[64, 128]"), ("data.augment.flip", "true")]);

        SweepSpec spec = reading.Spec!;
        Assert.Equal(new ModelSpec("lenet", WeightInitSpec.XavierNormal), spec.Model);
        Assert.Equal(5, spec.Training.Epochs);
        Assert.Equal(new AxisSpec.Values([64, 128]), spec.Search.BatchSize);
        Assert.True(spec.Data.Flip);
    }

    [Fact]
    public void Read_BadSettings_AreReportedWithoutALine()
    {
        SpecReading reading = SpecReader.Read(Good.Text, settings: [("training.epoch", "5"), ("training.epochs", "-1")]);

        Assert.Equal(["training.epoch", "training.epochs"], reading.Problems.Select(problem => problem.Path).Order());
        Assert.All(reading.Problems, problem => Assert.Equal(0, problem.Line));
    }

    [Theory]
    [InlineData("", "1")]
    [InlineData("a..b", "1")]
    [InlineData("training.epochs", "[1")]
    public void Read_UnreadableSetting_NamesIt(string path, string value)
    {
        SpecProblem problem = Assert.Single(SpecReader.Read(Good.Text, settings: [(path, value)]).Problems);

        Assert.Equal((path, 0), (problem.Path, problem.Line));
    }

    [Fact]
    public void Read_OtherCatalogue_DecidesWhichNamesAreKnown()
    {
        string text = Good.With("model: mine", "data: yours");

        Assert.Null(SpecReader.Read(text).Spec);
        Assert.NotNull(SpecReader.Read(text, new KnownNames(["mine"], ["yours"])).Spec);
    }
}
