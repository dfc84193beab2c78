using System.Globalization;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Exporting;

/// <summary>A configuration as code for other programs that train: Python for PyTorch, and for fastai.</summary>
/// <param name="spec">Spec of the sweep.</param>
/// <param name="best">The configuration.</param>
/// <param name="steps">Optimiser steps of its run; at least 1.</param>
/// <param name="epochs">Length of its run in epochs.</param>
/// <param name="momentumHigh">Upper momentum where a strategy decided it; null: the spec's.</param>
internal sealed class TrainingSnippet(SweepSpec spec, Configuration best, int steps, double epochs, double? momentumHigh)
{
    private readonly ScheduleSpec _schedule = spec.Training.Schedule;
    private readonly OptimizerSpec _optimizer = spec.Training.Optimizer;

    private double High => momentumHigh ?? _schedule.MomentumHigh;

    private double Low => Math.Min(_schedule.MomentumLow, High);

    private double? Smoothing => spec.Training.LabelSmoothing;

    private bool IsAdam => _optimizer.Type == OptimizerType.AdamW;

    /// <summary>Python for PyTorch: optimiser, and learning rate and momentum of every step.</summary>
    public string PyTorch() => _schedule.Type is ScheduleType.PyTorch or ScheduleType.PyTorchThreePhase
        ? $"""
            import torch

            STEPS, BATCH_SIZE = {steps}, {best.BatchSize}


            {Optimizer()}


            def scheduler_of(optimizer):
                '''Call its step() after each optimizer.step().'''
                return torch.optim.lr_scheduler.OneCycleLR(
                    optimizer, max_lr={N(best.MaxLearningRate)}, total_steps=STEPS, pct_start={N(_schedule.PeakAt)}, anneal_strategy="{(_schedule.Anneal == AnnealShape.Cosine ? "cos" : "linear")}",
                    cycle_momentum=True, base_momentum={N(Low)}, max_momentum={N(High)}, div_factor={N(_schedule.StartDiv)},
                    final_div_factor={N(_schedule.FinalDiv)}, three_phase={(_schedule.Type == ScheduleType.PyTorchThreePhase ? "True" : "False")})
            {Notes()}
            """
        : $"""
            import math

            STEPS, BATCH_SIZE = {steps}, {best.BatchSize}


            def schedule(step):
                '''Learning rate and momentum of optimiser step 0 to STEPS - 1.'''
            {Indented(ScheduleBody())}


            import torch


            {Optimizer()}


            def before_step(optimizer, step):
                '''Call it before each optimizer.step().'''
                lr, momentum = schedule(step)
                for group in optimizer.param_groups:
                    group["lr"] = lr{(_optimizer.BiasLearningRate == 1 ? "" : " * group.get(\"scale\", 1)")}
                    {(IsAdam ? $"group[\"betas\"] = (momentum, {N(_optimizer.Beta2)})" : "group[\"momentum\"] = momentum")}
            {Notes()}
            """;

    /// <summary>A call of fastai's <c>fit_one_cycle</c>.</summary>
    /// <returns>The code, or why there is none.</returns>
    public (string? Code, string? Why) Fastai()
    {
        string[] why =
        [
            .. _schedule.Type == ScheduleType.Fastai ? [] : (string[])[$"its schedule is {SpecWords()}, and fit_one_cycle trains fastai's 1cycle only"],
            .. epochs == Math.Floor(epochs) ? [] : (string[])[$"it runs for {N(epochs)} epochs, and fit_one_cycle counts whole ones"],
            .. spec.Training is { ClassWeights: null, Mixup: null, Cutmix: null } ? [] : (string[])["it was trained with class weights, mixup or cutmix, which this call would leave out"],
            .. IsAdam || _optimizer is { Nesterov: false, BiasLearningRate: 1, MomentumForm: MomentumForm.PyTorch } ? [] : (string[])["its SGD has settings that fastai's has not"],
        ];
        string rule = IsAdam
            ? $"partial(Adam, sqr_mom={N(_optimizer.Beta2)}, eps={N(_optimizer.Epsilon)}, decouple_wd=True)"
            : "partial(SGD, decouple_wd=False)";
        return why.Length > 0
            ? (null, string.Join("; ", why))
            : ($"""
                from functools import partial
                from fastai.vision.all import {(IsAdam ? "Adam" : "SGD")}{(_optimizer.ClipNorm is null ? "" : ", GradientClip")}{(Smoothing is null ? "" : ", CrossEntropyLossFlat")}, Learner

                # dls: batches of {best.BatchSize}; model: with dropout {N(best.Dropout)} where it has dropout
                learn = Learner(dls, model{(Smoothing is { } share ? $", loss_func=CrossEntropyLossFlat(label_smoothing={N(share)})" : "")}, opt_func={rule}, wd={N(best.WeightDecay)}, wd_bn_bias={(_optimizer.DecayBiasAndNorm ? "True" : "False")}{(_optimizer.ClipNorm is { } norm ? $", cbs=GradientClip({N(norm)})" : "")})
                learn.fit_one_cycle({N(epochs)}, lr_max={N(best.MaxLearningRate)}, div={N(_schedule.StartDiv)}, div_final={N(_schedule.FinalDiv)}, pct_start={N(_schedule.PeakAt)}, moms=({N(High)}, {N(Low)}, {N(High)}))
                """, null);
    }

    private string SpecWords() => _schedule.Type.ToString();

    private string ScheduleBody() => _schedule.Type switch
    {
        ScheduleType.Fastai => $"""
            def cosine(a, b, t):
                return b + (a - b) * (1 + math.cos(math.pi * t)) / 2

            t = step / STEPS
            if t < {N(_schedule.PeakAt)}:
                up = t / {N(_schedule.PeakAt)}
                return cosine({N(best.MaxLearningRate / _schedule.StartDiv)}, {N(best.MaxLearningRate)}, up), cosine({N(High)}, {N(Low)}, up)
            down = (t - {N(_schedule.PeakAt)}) / (1 - {N(_schedule.PeakAt)})
            return cosine({N(best.MaxLearningRate)}, {N(best.MaxLearningRate / _schedule.FinalDiv)}, down), cosine({N(Low)}, {N(High)}, down)
            """,
        ScheduleType.Smith => $"""
            base, peak, last = {N(best.MaxLearningRate / _schedule.StartDiv)}, {N(best.MaxLearningRate)}, {N(best.MaxLearningRate / _schedule.StartDiv / _schedule.FinalDiv)}
            t = step / ({N(_schedule.Cycle)} * STEPS / 2)
            if t < 1:
                return base + (peak - base) * t, {N(High)} + ({N(Low)} - {N(High)}) * t
            if t < 2:
                return max(peak * (2 - t), last), {N(Low)} + ({N(High)} - {N(Low)}) * (t - 1)
            return last, {N(High)}
            """,
        ScheduleType.Triangular => $"""
            base, peak, half = {N(best.MaxLearningRate / _schedule.StartDiv)}, {N(best.MaxLearningRate)}, STEPS / {N(2.0 * _schedule.Cycles)}
            height = max(0, 1 - abs(step / half - 2 * math.floor(1 + step / (2 * half)) + 1))
            return base + (peak - base) * height, {N(High)} + ({N(Low)} - {N(High)}) * height
            """,
        ScheduleType.Step => $"""
            passed = sum(step >= milestone for milestone in [{string.Join(", ", _schedule.Milestones.Select(at => N(Math.Round(at * steps, MidpointRounding.AwayFromZero))))}])
            return {N(best.MaxLearningRate)} * {N(_schedule.Factor)} ** passed, {N(High)}
            """,
        _ => $"return {N(best.MaxLearningRate)}, {N(High)}",
    };

    private string Optimizer()
    {
        string rate = N(best.MaxLearningRate);
        string rule = IsAdam
            ? $"torch.optim.AdamW(groups, lr={rate}, betas=({N(High)}, {N(_optimizer.Beta2)}), eps={N(_optimizer.Epsilon)}, weight_decay={N(best.WeightDecay)})"
            : $"torch.optim.SGD(groups, lr={rate}, momentum={N(High)}, weight_decay={N(best.WeightDecay)}, nesterov={(_optimizer.Nesterov ? "True" : "False")})";
        if (_optimizer is { DecayBiasAndNorm: true, BiasLearningRate: 1 })
        {
            return $"def optimizer_of(model):\n    groups = list(model.parameters())\n    return {rule}";
        }

        string extra = (_optimizer.DecayBiasAndNorm ? "" : ", \"weight_decay\": 0") + (_optimizer.BiasLearningRate == 1 ? "" : $", \"scale\": {N(_optimizer.BiasLearningRate)}");
        return $$"""
            def optimizer_of(model):
                weights = [p for p in model.parameters() if p.ndim > 1]
                biases_and_norms = [p for p in model.parameters() if p.ndim <= 1]
                groups = [{"params": weights}, {"params": biases_and_norms{{extra}}}]
                return {{rule}}
            """;
    }

    /// <summary>What the code does not say, as comments.</summary>
    private string Notes()
    {
        string[] notes =
        [
            .. _optimizer.ClipNorm is { } norm ? [$"torch.nn.utils.clip_grad_norm_(model.parameters(), {N(norm)}) before each optimizer.step()"] : (string[])[],
            .. !IsAdam && _optimizer.MomentumForm != MomentumForm.PyTorch ? ["it was trained with Caffe's form of momentum, which torch.optim.SGD has not"] : (string[])[],
            .. Smoothing is { } share ? [$"loss: torch.nn.CrossEntropyLoss(label_smoothing={N(share)})"] : (string[])[],
            .. spec.Training.ClassWeights is { } weights
                ? [weights.Given.IsEmpty ? "loss: weight of a class is the mean number of images of a class over its own" : $"loss: weights of classes {string.Join(", ", weights.Given.Select(one => $"{one.Name} {N(one.Weight)}"))}; 1 for the others"]
                : (string[])[],
            .. spec.Training.Precision == PrecisionSpec.BFloat16 ? ["it was trained in bfloat16: run the model under torch.autocast(device_type, torch.bfloat16), the loss outside of it"] : (string[])[],
            .. spec.Training.Mixup is { } mixup ? [$"it was trained with mixup, alpha {N(mixup)}"] : (string[])[],
            .. spec.Training.Cutmix is { } cutmix ? [$"it was trained with cutmix, alpha {N(cutmix)}"] : (string[])[],
            .. best.Dropout > 0 ? [$"dropout {N(best.Dropout)} where the model has dropout"] : (string[])[],
        ];
        return string.Concat(notes.Select(note => $"\n# {note}"));
    }

    private static string Indented(string text) => string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? line : "    " + line));

    private static string N(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
}
