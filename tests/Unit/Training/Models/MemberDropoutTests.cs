using Sweeper.Plugins;
using Sweeper.Training.Models.Layers;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Models;

public sealed class MemberDropoutTests
{
    [Fact]
    public void Forward_RateZeroOrEvaluation_IsTheIdentityAndDrawsNothing()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(1);
        using MemberDropout none = new([new DropoutSource(0, generator)]);
        using MemberDropout evaluated = new([new DropoutSource(0.5, generator)]);
        evaluated.eval();
        Tensor before = generator.get_state();
        Tensor input = ones(10);

        Assert.Same(input, none.call(input));
        Assert.Same(input, evaluated.call(input));
        Assert.True(before.BitEqual(generator.get_state()));
    }

    [Fact]
    public void Forward_SeveralMembers_GivesEachWhatItGetsAlone()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator first = new(1);
        using Generator third = new(3);
        using MemberDropout together = new([new DropoutSource(0.3, first), new DropoutSource(0, first), new DropoutSource(0.5, third)]);
        Tensor[] inputs = [rand(4, 100), rand(4, 100), rand(4, 100)];

        Tensor output = together.call(cat(inputs, 1));

        Assert.True(output.narrow(1, 0, 100).contiguous().BitEqual(Alone(inputs[0], 0.3, 1)));
        Assert.True(output.narrow(1, 100, 100).contiguous().BitEqual(inputs[1]));
        Assert.True(output.narrow(1, 200, 100).contiguous().BitEqual(Alone(inputs[2], 0.5, 3)));
    }

    private static Tensor Alone(Tensor input, double rate, ulong seed)
    {
        using Generator generator = new(seed);
        using SeededDropout dropout = new(rate, generator);
        return dropout.call(input);
    }
}
