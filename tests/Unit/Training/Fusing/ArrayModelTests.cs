using Sweeper.Training.Data;
using Sweeper.Training.Fusing;
using Sweeper.Training.Models;
using Sweeper.Training.Models.Layers;
using Sweeper.Training.Optimisers;
using Sweeper.Training.Schedules;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Fusing;

/// <summary>An array's steps against the same steps of its members alone, in double precision, and that members do not meet.</summary>
public sealed class ArrayModelTests
{
    private const int Members = 3;
    private const int Batch = 6;
    private const int Classes = 4;
    private static readonly ImageShape Shape = new(3, 16, 16);
    private static readonly OptimiserOptions Sgd = new OptimiserOptions.Sgd { WeightDecay = 1e-3, Nesterov = true };

    /// <summary>Every model; of residual nets that differ in depth only, the one of least depth.</summary>
    public static TheoryData<string> Models => [.. ModelCatalog.Names.Where(name => !name.StartsWith("resnet56", StringComparison.Ordinal) && !name.StartsWith("resnet110", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Models))]
    public void Step_DoublePrecision_GivesEachMemberTheWeightsOfItsOwnSteps(string model)
    {
        using DisposeScope scope = NewDisposeScope();
        ArrayMember[] alone = Draw(model, ScalarType.Float64);
        ArrayMember[] members = Draw(model, ScalarType.Float64);
        using ArrayStack stack = new(Key(model), members);
        using Generator images = new(11);

        for (int step = 0; step < 5; step++)
        {
            Batch[] batches = Batches(images, ScalarType.Float64);
            SchedulePoint[] points = Points(step);
            double[] losses = [.. Enumerable.Range(0, Members).Select(k => StepAlone(alone[k], batches[k], points[k]))];
            using Tensor together = stack.Step(points, batches);

            Assert.Equal(losses, together.data<double>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-10);
        }

        for (int k = 0; k < Members; k++)
        {
            Assert.True(Distance(alone[k].Parameters.Values, members[k].Parameters.Values) < 1e-9);
            Assert.All(alone[k].Buffers.Zip(members[k].Buffers), pair => Assert.True(Distance(pair.First, pair.Second) < 1e-9));
            Assert.Equal(5, members[k].Optimiser.StepsTaken);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Step_MemberThatIsNotANumber_LeavesTheOthersAsTheyAreToTheLastBit(string model)
    {
        using DisposeScope scope = NewDisposeScope();
        ArrayMember[] well = Draw(model, ScalarType.Float32);
        ArrayMember[] ill = Draw(model, ScalarType.Float32);
        using ArrayStack healthy = new(Key(model), well);
        using ArrayStack sick = new(Key(model), ill);
        ill[1].Parameters.Values.fill_(double.NaN);
        using Generator images = new(11);
        using Generator same = new(11);

        for (int step = 0; step < 3; step++)
        {
            healthy.Step(Points(step), Batches(images, ScalarType.Float32));
            sick.Step(Points(step), Batches(same, ScalarType.Float32));
        }

        Assert.True(ill[1].Parameters.Values.isnan().all().ToBoolean());
        foreach (int k in new[] { 0, 2 })
        {
            Assert.True(well[k].Parameters.Values.isfinite().all().ToBoolean());
            Assert.True(well[k].Parameters.Values.BitEqual(ill[k].Parameters.Values));
            Assert.All(well[k].Buffers.Zip(ill[k].Buffers), pair => Assert.True(pair.First.BitEqual(pair.Second)));
        }
    }

    private static ArrayKey Key(string model) => new(new ModelOptions { Name = model }, Sgd with { WeightDecay = 0 }, Shape, Classes, (DeviceType.CPU, -1), Batch, 0.1);

    private static SchedulePoint[] Points(int step) => [.. Enumerable.Range(0, Members).Select(k => new SchedulePoint(0.002 * (k + 1) * (step + 1), 0.9 - (0.02 * k)))];

    private static Batch[] Batches(Generator generator, ScalarType type) =>
    [
        .. Enumerable.Range(0, Members).Select(_ => new Batch(
            randn([Batch, Shape.Channels, Shape.Height, Shape.Width], type, generator: generator),
            randint(0, Classes, [Batch], generator: generator))),
    ];

    private static ArrayMember[] Draw(string model, ScalarType type) =>
    [
        .. Enumerable.Range(0, Members).Select(k =>
        {
            // Each draws its masks from it as long as it lives; the finaliser frees it.
            DropoutSource dropout = new(0.2 * k, new Generator((ulong)(100 + k)));
            using Generator init = new((ulong)(1 + k));
            ImageModel network = ModelCatalog.Create(new ModelOptions { Name = model, Dropout = dropout.Rate }, Shape, Classes, init, dropout.Generator, CPU, type);
            FlatParameters parameters = new(network.parameters(), decayAll: true);
            var optimiser = Optimiser.Create(Sgd, parameters);
            return new ArrayMember(network, parameters, optimiser, [.. network.buffers()], null!, dropout); // batches are given
        }),
    ];

    private static double StepAlone(ArrayMember member, Batch batch, SchedulePoint point)
    {
        using DisposeScope scope = NewDisposeScope();
        member.Parameters.ZeroGradients();
        Tensor loss = nn.functional.cross_entropy(member.Model.forward(batch.Images), batch.Labels, label_smoothing: 0.1);
        loss.backward();
        member.Optimiser.Step(point);
        return loss.ToDouble();
    }

    private static double Distance(Tensor left, Tensor right) => left.sub(right).abs().max().ToDouble();
}
