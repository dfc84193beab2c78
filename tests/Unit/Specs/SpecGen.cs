using CsCheck;
using Sweeper.Contracts.Specs;

namespace Sweeper.Tests.Unit.Specs;

/// <summary>Random good specs, through the reader, so that each is one that a user could have written.</summary>
internal static class SpecGen
{
    private static readonly Gen<string> Fraction = Gen.Double[0.01, 0.99].Select(Number);

    private static readonly Gen<string> Rate = Gen.Double[-6, 1].Select(exponent => Number(Math.Pow(10, exponent)));

    private static readonly Gen<string> Data = Gen.Select(
        Gen.OneOfConst([.. KnownNames.BuiltIn.DataSets.Where(name => !KnownNames.OwnFiles.Contains(name))]),
        Gen.Int[2000, 60_000],
        Gen.Double[0.01, 0.5],
        Gen.Bool,
        (set, size, validation, flip) => $"{{set: {set}, train_size: {size}, validation: {Number(validation)}, augment: {{flip: {(flip ? "true" : "false")}, crop: 4}}}}");

    private static readonly Gen<string> Folder = Gen.String[Gen.Char[' ', '\u00FF'], 1, 12]
        .Where(path => path.Trim().Length > 0 && !path.Any(char.IsControl))
        .Select(path => $"{{set: image-folder, path: '{path.Replace("'", "''", StringComparison.Ordinal)}', image_size: 32}}");

    private static readonly Gen<string> Rows = Gen.OneOf(
        Gen.Const("{set: table, path: rows.csv, target: species}"),
        Gen.Const("{set: table, path: rows.parquet, target: 'a: \"b\"', test_path: test.parquet, scaling: unit}"));

    private static readonly Gen<string> Schedule = Gen.OneOf(
        Gen.OneOfConst("one_cycle", "smith", "triangular", "constant", "step", "pytorch"),
        Gen.Select(Fraction, Gen.Double[1, 100], Fraction, (peak, div, momentum) => $"{{type: pytorch, peak_at: {peak}, start_div: {Number(div)}, anneal: linear, momentum: {momentum}}}"),
        Gen.Select(Fraction, Gen.Double[1, 1e6], (cycle, div) => $"{{type: smith, cycle: {cycle}, final_div: {Number(div)}, momentum: [0.95, 0.8]}}"),
        Fraction.Select(factor => $"{{type: step, milestones: [0.1, 1/3], factor: {factor}}}".Replace("1/3", Number(1 / 3.0), StringComparison.Ordinal)),
        Gen.Int[1, 9].Select(cycles => $"{{type: triangular, cycles: {cycles}, momentum: [0.9, 0.85]}}"));

    private static readonly Gen<string> Optimizer = Gen.OneOf(
        Gen.OneOfConst("sgd", "adamw", "{nesterov: true}", "{decay_bias_and_norm: false}"),
        Gen.Select(Fraction, Fraction, (beta, epsilon) => $"{{type: adamw, beta2: {beta}, epsilon: {epsilon}}}"));

    private static readonly Gen<string> RateAxis = Gen.OneOf(
        Rate,
        Rate.Select(rate => $"[{rate}, 20]"),
        Gen.Select(Rate, Gen.Int[2, 9], (rate, points) => $"{{log: [{rate}, 20], points: {points}}}"),
        Gen.Select(Fraction, Gen.Int[1, 9], (low, points) => $"{{range_test: {{low: {low}, points: {points}}}}}"),
        Gen.Const("range_test"));

    private static readonly Gen<string> Limits = Gen.Select(
        Gen.Int[1, 100],
        Gen.Long[1, TimeSpan.FromDays(365).Ticks],
        (trials, ticks) => $"{{trials: {trials}, wall_time: {Contracts.Specs.Reading.DurationText.Write(TimeSpan.FromTicks(ticks))}, epochs: 1e6}}");

    private static readonly Gen<string> Cooldown = Gen.OneOf(
        Gen.Const(""),
        Gen.Select(Gen.Double[0.01, 0.4], Gen.Double[0.45, 0.8], (early, late) => $", cooldown: {{at: [{Number(early)}, {Number(late)}]}}"),
        Gen.Double[0.01, 0.5].Select(length => $", cooldown: {{at: [0.5], length: {Number(length)}}}"));

    /// <summary>Good specs.</summary>
    public static readonly Gen<SweepSpec> Specs =
        from data in Gen.OneOf(Data, Folder, Rows)
        from model in data.Contains("set: table", StringComparison.Ordinal)
            ? Gen.OneOfConst("mlp", "{name: mlp, batch_norm_momentum: 0.05}")
            : Gen.OneOfConst([.. KnownNames.BuiltIn.Models, "{name: resnet9, init: xavier_normal}", "{name: mlp, batch_norm_momentum: 0.05}"])
        from schedule in Schedule
        from optimizer in Optimizer
        from rate in RateAxis
        from dropout in Fraction
        from limits in Limits
        from cooldown in Cooldown
        from seed in Gen.Int[0, int.MaxValue]
        let flat = schedule is "constant" or "step" || schedule.StartsWith("{type: step", StringComparison.Ordinal)
        select Good.Read(Good.With(
            $"seed: {seed}",
            $"data: {data}",
            $"model: {model}",
            $"training: {{epochs: 2.5, schedule: {schedule}, optimizer: {(schedule.Contains("momentum: 0,", StringComparison.Ordinal) ? "sgd" : optimizer)}, test_at_epochs: [1, 2]{cooldown}}}",
            $"search: {{seeds: 2, space: {{max_lr: {(flat && rate.Contains("range_test", StringComparison.Ordinal) ? "0.1" : rate)}, batch_size: [32, 64], dropout: [0, {dropout}]}}}}",
            $"limits: {limits}"));

    private static string Number(double value) => Contracts.Specs.Reading.NumberText.Write(value);
}
