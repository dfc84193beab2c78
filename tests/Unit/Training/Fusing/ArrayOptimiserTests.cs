using Sweeper.Training.Fusing;
using Sweeper.Training.Optimisers;
using Sweeper.Training.Schedules;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Fusing;

/// <summary>The update of stacked rows against the update of each row alone, step by step.</summary>
public sealed class ArrayOptimiserTests
{
    private const int Members = 3;
    private const int Steps = 25;
    private static readonly double[] Decays = [0, 1e-2, 5e-2];

    public static TheoryData<string> Rules => [.. ByName.Keys];

    private static Dictionary<string, OptimiserOptions> ByName { get; } = new()
    {
        ["sgd"] = new OptimiserOptions.Sgd(),
        ["sgd, clipped"] = new OptimiserOptions.Sgd { ClipNorm = 2 },
        ["sgd, no decay of biases"] = new OptimiserOptions.Sgd { DecayBiasesAndNorms = false },
        ["nesterov"] = new OptimiserOptions.Sgd { Nesterov = true },
        ["caffe"] = new OptimiserOptions.Sgd { RateInVelocity = true, BiasRateFactor = 2 },
        ["adamw"] = new OptimiserOptions.AdamW(),
        ["adamw, clipped, no decay of biases"] = new OptimiserOptions.AdamW { ClipNorm = 2, DecayBiasesAndNorms = false, Beta2 = 0.99, Epsilon = 1e-4 },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Step_RowsOfDifferentNumbers_EachIsThatOfItsOwnOptimiser(string rule)
    {
        // In double precision: what is left between the two is a thousandth of a millionth of what a wrong formula would give.
        OptimiserOptions options = ByName[rule];
        using Generator generator = new(7);
        using DisposeScope scope = NewDisposeScope();
        Parameter[][] parameters = [.. Enumerable.Range(0, Members).Select(_ => Draw(generator))];
        FlatParameters[] flats = [.. parameters.Select(all => new FlatParameters(all, options.DecayBiasesAndNorms))];
        Optimiser[] alone = [.. flats.Select((flat, k) => Optimiser.Create(options with { WeightDecay = Decays[k] }, flat))];
        alone[2].StepsTaken = 10; // a member that joined later than the others
        Tensor values = stack([.. flats.Select(flat => flat.Values)]).clone();
        Tensor gradients = zeros_like(values);
        Tensor[] state = [.. alone[0].State.Select(_ => zeros_like(values))];
        Optimiser[] members = [.. flats.Select((flat, k) => Optimiser.Create(options with { WeightDecay = Decays[k] }, flat))];
        members[2].StepsTaken = 10;
        var array = ArrayOptimiser.Create(values, gradients, state, flats[0], members);

        for (int step = 0; step < Steps; step++)
        {
            SchedulePoint[] points = [.. Enumerable.Range(0, Members).Select(k => new SchedulePoint(0.01 * (k + 1) * (step + 1), 0.9 - (0.02 * k) - (0.002 * step)))];
            gradients.copy_(randn(gradients.shape, ScalarType.Float64, generator: generator));
            for (int k = 0; k < Members; k++)
            {
                flats[k].Gradients.copy_(gradients[k]);
                alone[k].Step(points[k]);
            }

            array.Step(points);
            for (int k = 0; k < Members; k++)
            {
                double worst = values[k].sub(flats[k].Values).abs().max().ToDouble();
                Assert.True(worst < 1e-12, FormattableString.Invariant($"{rule}: member {k} differs by {worst:e1} after step {step + 1}"));
            }
        }

        Assert.Equal([Steps, Steps, Steps + 10], members.Select(member => member.StepsTaken));
        Assert.True(values[0].sub(values[1]).abs().max().ToDouble() > 0.1);
    }

    private static Parameter[] Draw(Generator generator) =>
    [
        new(randn([4, 3], ScalarType.Float64, generator: generator)),
        new(randn([4], ScalarType.Float64, generator: generator)),
        new(randn([2, 4], ScalarType.Float64, generator: generator)),
    ];
}
