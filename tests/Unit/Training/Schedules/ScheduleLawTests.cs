using CsCheck;
using Sweeper.Training.Schedules;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Schedules;

/// <summary>What holds for every schedule, whatever its parameters.</summary>
public sealed class ScheduleLawTests
{
    private sealed record Parameters(double Max, double Div, double FinalDiv, double At, double High, double Low);

    private static readonly Gen<Parameters> GenParameters =
        Gen.Select(Gen.Double[1e-6, 10], Gen.Double[1, 100], Gen.Double[1, 1e5], Gen.Double[0.001, 0.499], Gen.Double[0, 0.99], Gen.Double[0, 1])
            .Select((max, div, finalDiv, at, high, part) => new Parameters(max, div, finalDiv, at, high, high * part));

    /// <summary>Every form; each as (name, its peak rate, made of parameters and a length).</summary>
    private static readonly (string Name, Func<Parameters, int, Schedule> Make)[] Forms =
    [
        ("smith", (p, t) => SmithOneCycle.FromCycleFraction(p.Max, p.Div, 2 * p.At, t, p.High, p.Low, p.FinalDiv)),
        ("smith as written", (p, t) => SmithOneCycle.FromCycleFraction(p.Max, p.Div, 2 * p.At, t, p.High, p.Low, p.FinalDiv, SmithForm.AsWritten)),
        ("fastai", (p, t) => new FastaiOneCycle(p.Max, t, p.Div, p.FinalDiv * p.Div, p.At, p.High, p.Low)),
        ("pytorch", (p, t) => new PyTorchOneCycle(p.Max, t, p.Div, p.FinalDiv, p.At, OneCyclePhases.Two, AnnealShape.Cosine, p.High, p.Low)),
        ("pytorch linear", (p, t) => new PyTorchOneCycle(p.Max, t, p.Div, p.FinalDiv, p.At, OneCyclePhases.Two, AnnealShape.Linear, p.High, p.Low)),
        ("pytorch three", (p, t) => new PyTorchOneCycle(p.Max, t, p.Div, p.FinalDiv, p.At, OneCyclePhases.Three, AnnealShape.Cosine, p.High, p.Low)),
        ("pytorch three linear", (p, t) => new PyTorchOneCycle(p.Max, t, p.Div, p.FinalDiv, p.At, OneCyclePhases.Three, AnnealShape.Linear, p.High, p.Low)),
        ("triangular", (p, t) => TriangularSchedule.OfCycles(p.Max / p.Div, p.Max, 1 + (int)(p.At * 8), t, p.High, p.Low)),
        ("linear ramp", (p, t) => new LinearRamp(p.Max / (p.Div + 1), p.Max, t, p.High, p.Low)),
        ("exponential ramp", (p, t) => new ExponentialRamp(p.Max / (p.Div + 1), p.Max, t, p.High, p.Low)),
        ("constant", (p, t) => new ConstantSchedule(p.Max, p.High, t)),
        ("step", (p, t) => PiecewiseConstantSchedule.AtFractions(p.Max, [p.At, 2 * p.At], 0.1, p.High, t)),
    ];

    /// <summary>A few units in the last place of a number near 1.</summary>
    private const double Tiny = 1e-15;

    private static readonly HashSet<string> OneCycles =
        ["smith", "smith as written", "fastai", "pytorch", "pytorch linear", "pytorch three", "pytorch three linear"];

    public static TheoryData<string> Names => [.. Forms.Select(form => form.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryStep_OfAnyRun_KeepsBounds(string name)
    {
        Func<Parameters, int, Schedule> make = Make(name);
        Gen.Select(GenParameters, Gen.Int[1, 300]).Sample(
            (p, total) =>
            {
                Schedule schedule = make(p, total);
                return schedule.TotalSteps == total && Enumerable.Range(0, total).Select(schedule.At).All(point =>
                    point.LearningRate > 0 && point.LearningRate <= p.Max && point.Momentum >= p.Low && point.Momentum <= p.High);
            },
            iter: 300);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryStep_OfShortRuns_IsDefined(string name)
    {
        Func<Parameters, int, Schedule> make = Make(name);
        for (int total = 1; total <= 20; total++)
        {
            foreach (double at in new[] { 0.001, 0.05, 0.1, 0.25, 0.3, 0.45, 0.499 })
            {
                Schedule schedule = make(new Parameters(1, 10, 100, at, 0.95, 0.85), total);
                for (int step = 0; step < total; step++)
                {
                    SchedulePoint point = schedule.At(step);
                    Assert.InRange(point.LearningRate, 0.0009, 1);
                    Assert.InRange(point.Momentum, 0.85, 0.95);
                }
            }
        }
    }

    [Fact]
    public void OneCycle_AnyForm_RisesOnceThenFalls()
    {
        foreach ((string name, Func<Parameters, int, Schedule> make) in Forms.Where(form => OneCycles.Contains(form.Name)))
        {
            Gen.Select(GenParameters, Gen.Int[1, 300]).Sample(
                (p, total) =>
                {
                    double[] rates = ScheduleTable.Rates(make(p, total));
                    int peak = Array.IndexOf(rates, rates.Max());
                    return Enumerable.Range(1, total - 1).All(s => s <= peak ? rates[s] >= rates[s - 1] : rates[s] <= rates[s - 1]);
                },
                iter: 200);
        }
    }

    [Fact]
    public void OneCycle_AnyForm_MomentumFallsWhileRateRises()
    {
        foreach ((string name, Func<Parameters, int, Schedule> make) in Forms.Where(form => OneCycles.Contains(form.Name)))
        {
            Gen.Select(GenParameters, Gen.Int[2, 300]).Sample(
                (p, total) =>
                {
                    // A divisor of 1 has no way up to speak of.
                    Schedule schedule = make(p with { Div = p.Div + 1 }, total);
                    double[] rates = ScheduleTable.Rates(schedule);
                    double[] momenta = ScheduleTable.Momenta(schedule);
                    int peak = Array.IndexOf(rates, rates.Max());
                    // The step after the peak may stand on either side of the turn. Where the turn lies half way between two steps, these
                    // are the same but for rounding, and either may be the peak.
                    double Rounding(int s) => Math.Abs(rates[s] - rates[s - 1]) <= Tiny * rates[peak] ? Tiny : 0;
                    return Enumerable.Range(1, total - 1).All(s =>
                        s <= peak ? momenta[s] <= momenta[s - 1] + Rounding(s) : s == peak + 1 || momenta[s] >= momenta[s - 1]);
                },
                iter: 200);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ResumedRun_ReadsTheSameNumbers(string name)
    {
        Func<Parameters, int, Schedule> make = Make(name);
        Gen.Select(GenParameters, Gen.Int[1, 200], Gen.Int[0, 199]).Sample(
            (p, total, at) =>
            {
                Schedule whole = make(p, total);
                Schedule resumed = make(p, total); // nothing but the parameters survives an interruption
                return whole.Equals(resumed)
                    && Enumerable.Range(at % total, total - (at % total)).All(step => whole.At(step) == resumed.At(step));
            },
            iter: 100);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void StepOutsideRun_IsRefused(string name)
    {
        Schedule schedule = Make(name)(new Parameters(1, 10, 100, 0.3, 0.95, 0.85), 10);

        Assert.Throws<ArgumentOutOfRangeException>(() => schedule.At(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => schedule.At(10));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NoSteps_AreRefused(string name)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Make(name)(new Parameters(1, 10, 100, 0.3, 0.95, 0.85), 0));

        Assert.Equal("totalSteps is 0; it must be a whole number of at least 1 (Parameter 'totalSteps')", error.Message);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void BadNumbers_AreRefusedByName(string name)
    {
        foreach (double bad in new[] { double.NaN, double.PositiveInfinity, 0, -1 })
        {
            ArgumentException error = Assert.Throws<ArgumentException>(() => Make(name)(new Parameters(bad, 10, 100, 0.3, 0.95, 0.85), 10));
            Assert.Contains("earningRate", error.Message.Replace("highest", "LearningRate", StringComparison.Ordinal).Replace("lowest", "LearningRate", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        ArgumentException momentum = Assert.Throws<ArgumentException>(() => Make(name)(new Parameters(1, 10, 100, 0.3, 1, 0.85), 10));
        Assert.Contains("omentum is 1; it must be at least 0 and less than 1", momentum.Message.Replace("High", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static Func<Parameters, int, Schedule> Make(string name) => Forms.Single(form => form.Name == name).Make;
}
