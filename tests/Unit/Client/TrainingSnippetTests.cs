using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Sweeper.Client.Exporting;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Workers;
using Sweeper.Training.Schedules;
using Xunit;
using AnnealShape = Sweeper.Contracts.Specs.AnnealShape;

namespace Sweeper.Tests.Unit.Client;

/// <summary>Winners as Python: the numbers that it gives are those that were trained with.</summary>
public sealed partial class TrainingSnippetTests
{
    private const int Steps = 137;

    private static readonly Configuration Best = new(0.35, 128, 5e-4, 0.2);

    [Theory]
    [InlineData(ScheduleType.Fastai)]
    [InlineData(ScheduleType.Smith)]
    [InlineData(ScheduleType.Triangular)]
    [InlineData(ScheduleType.Step)]
    [InlineData(ScheduleType.Constant)]
    public async Task PyTorch_ScheduleOfItsOwn_GivesEveryStepTheRateAndMomentumThatWereTrainedWith(ScheduleType type)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "python3 is missing: apt-get install python3");
        ScheduleSpec schedule = Schedule(type);
        string code = Snippet(schedule).PyTorch();

        string numbers = await PythonAsync($"{code[..code.IndexOf("import torch", StringComparison.Ordinal)]}\nfor step in range(STEPS):\n    print(*schedule(step))\n");

        Schedule ours = ScheduleFactory.Of(schedule, Best.MaxLearningRate, Steps);
        string[] lines = numbers.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Steps, lines.Length);
        for (int step = 0; step < Steps; step++)
        {
            double[] pair = [.. lines[step].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
            Assert.Equal(ours.At(step).LearningRate, pair[0], 1e-12);
            Assert.Equal(ours.At(step).Momentum, pair[1], 1e-12);
        }
    }

    [Theory]
    [InlineData(ScheduleType.PyTorch, AnnealShape.Cosine, "False", "cos")]
    [InlineData(ScheduleType.PyTorchThreePhase, AnnealShape.Linear, "True", "linear")]
    public void PyTorch_OneCycleLR_HasTheArgumentsOfOurSchedule(ScheduleType type, AnnealShape anneal, string threePhase, string strategy)
    {
        ScheduleSpec schedule = Schedule(type) with { Anneal = anneal };
        string code = Snippet(schedule).PyTorch();
        Dictionary<string, string> given = Argument().Matches(code[code.IndexOf("OneCycleLR(", StringComparison.Ordinal)..])
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value);

        Assert.Equal((threePhase, $"\"{strategy}\"", "True", "STEPS"), (given["three_phase"], given["anneal_strategy"], given["cycle_momentum"], given["total_steps"]));
        Assert.Contains($"STEPS, BATCH_SIZE = {Steps}, 128", code, StringComparison.Ordinal);
        var ours = (PyTorchOneCycle)ScheduleFactory.Of(schedule, Best.MaxLearningRate, Steps);
        Assert.Equal(
            [ours.MaxLearningRate, ours.StartLearningRate, ours.FinalLearningRate, ours.PeakAt, ours.MomentumHigh, ours.MomentumLow],
            [Given("max_lr"), Given("max_lr") / Given("div_factor"), Given("max_lr") / Given("div_factor") / Given("final_div_factor"), Given("pct_start"), Given("max_momentum"), Given("base_momentum")]);

        double Given(string name) => double.Parse(given[name], CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Snippets_LabelSmoothing_SayTheLoss()
    {
        SweepSpec spec = SampleSweep.Spec with { Training = SampleSweep.Spec.Training with { Schedule = Schedule(ScheduleType.Fastai), LabelSmoothing = 0.1 } };
        var snippet = new TrainingSnippet(spec, Best, Steps, 3, null);

        Assert.Contains("CrossEntropyLoss(label_smoothing=0.1)", snippet.PyTorch(), StringComparison.Ordinal);
        Assert.Contains("loss_func=CrossEntropyLossFlat(label_smoothing=0.1)", snippet.Fastai().Code, StringComparison.Ordinal);
        Assert.DoesNotContain("CrossEntropy", Snippet(Schedule(ScheduleType.Fastai)).Fastai().Code, StringComparison.Ordinal);
    }

    [Fact]
    public void Snippets_WeightsAndMixing_AreSaidAndNotLeftOut()
    {
        SweepSpec spec = SampleSweep.Spec with
        {
            Training = SampleSweep.Spec.Training with { Schedule = Schedule(ScheduleType.Fastai), Mixup = 0.2, Cutmix = 1, ClassWeights = new ClassWeightsSpec([new ClassWeight("cat", 2.5)]) },
        };
        var snippet = new TrainingSnippet(spec, Best, Steps, 3, null);

        Assert.Contains("# loss: weights of classes cat 2.5; 1 for the others", snippet.PyTorch(), StringComparison.Ordinal);
        Assert.Contains("mixup, alpha 0.2", snippet.PyTorch(), StringComparison.Ordinal);
        Assert.Contains("cutmix, alpha 1", snippet.PyTorch(), StringComparison.Ordinal);
        Assert.Contains("class weights, mixup or cutmix", snippet.Fastai().Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Fastai_ItsOwnCycle_IsACallOfFitOneCycle()
    {
        (string? code, string? why) = Snippet(Schedule(ScheduleType.Fastai)).Fastai();

        Assert.Null(why);
        Assert.Contains("learn.fit_one_cycle(3, lr_max=0.35, div=25, div_final=100000, pct_start=0.25, moms=(0.95, 0.85, 0.95))", code, StringComparison.Ordinal);
        Assert.Contains("opt_func=partial(SGD, decouple_wd=False), wd=0.0005, wd_bn_bias=True", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Fastai_WhatItCannotTrain_SaysEveryReason()
    {
        TrainingSpec training = SampleSweep.Spec.Training with { Schedule = Schedule(ScheduleType.Smith), Optimizer = new OptimizerSpec(Nesterov: true) };

        (string? code, string? why) = new TrainingSnippet(SampleSweep.Spec with { Training = training }, Best, Steps, 2.5, null).Fastai();

        Assert.Null(code);
        Assert.Contains("its schedule is Smith", why, StringComparison.Ordinal);
        Assert.Contains("it runs for 2.5 epochs", why, StringComparison.Ordinal);
        Assert.Contains("its SGD has settings", why, StringComparison.Ordinal);
    }

    [Fact]
    public void PyTorch_AdamWithoutDecayOfBiases_HasGroupsAndBetas()
    {
        var optimizer = new OptimizerSpec(OptimizerType.AdamW, Beta2: 0.99, DecayBiasAndNorm: false, ClipNorm: 1);
        TrainingSpec training = SampleSweep.Spec.Training with { Schedule = Schedule(ScheduleType.Fastai), Optimizer = optimizer };

        string code = new TrainingSnippet(SampleSweep.Spec with { Training = training }, Best, Steps, 3, 0.9).PyTorch();

        Assert.Contains("torch.optim.AdamW(groups, lr=0.35, betas=(0.9, 0.99), eps=1e-08, weight_decay=0.0005)", code, StringComparison.Ordinal);
        Assert.Contains("{\"params\": biases_and_norms, \"weight_decay\": 0}", code, StringComparison.Ordinal);
        Assert.Contains("group[\"betas\"] = (momentum, 0.99)", code, StringComparison.Ordinal);
        Assert.Contains("# torch.nn.utils.clip_grad_norm_(model.parameters(), 1)", code, StringComparison.Ordinal);
    }

    private static TrainingSnippet Snippet(ScheduleSpec schedule) =>
        new(SampleSweep.Spec with { Training = SampleSweep.Spec.Training with { Schedule = schedule } }, Best, Steps, 3, null);

    private static ScheduleSpec Schedule(ScheduleType type) =>
        new(type, 0.25, 25, 1e5, 0.9, AnnealShape.Cosine, 0.95, 0.85, [0.5, 0.75], 0.1, 2);

    private static async Task<string> PythonAsync(string script)
    {
        using Process python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!; // a program is started
        Task<string> errors = python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(python.ExitCode == 0, await errors + script);
        return output;
    }

    [GeneratedRegex("(?<name>[a-z_]+)=(?<value>[^,)]+)")]
    private static partial Regex Argument();
}
