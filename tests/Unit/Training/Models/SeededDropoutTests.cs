using Sweeper.Plugins;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Models;

public sealed class SeededDropoutTests
{
    [Fact]
    public void Forward_Training_ZeroesTheRateAndKeepsTheMean()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(1);
        using SeededDropout dropout = new(0.3, generator);

        Tensor output = dropout.call(ones(100_000));

        Assert.Equal(0.3, output.eq(0).to(ScalarType.Float64).mean().item<double>(), 0.01);
        Assert.Equal(1, output.mean().item<float>(), 0.01);
        Assert.Equal(1 / 0.7, output.max().item<float>(), 5);
    }

    [Fact]
    public void Forward_SameGeneratorState_GivesTheSameMask()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(1);
        using SeededDropout dropout = new(0.3, generator);
        Tensor state = generator.get_state();
        Tensor first = dropout.call(ones(1000));
        Tensor next = dropout.call(ones(1000));
        generator.set_state(state);

        Assert.False(first.BitEqual(next));
        Assert.True(first.BitEqual(dropout.call(ones(1000))));
    }

    [Fact]
    public void Forward_RateZeroOrEvaluation_IsTheIdentityAndDrawsNothing()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(1);
        using SeededDropout none = new(0, generator);
        using SeededDropout evaluated = new(0.5, generator);
        evaluated.eval();
        Tensor before = generator.get_state();
        Tensor input = rand(10);
        Tensor same = none.call(input);
        Tensor alsoSame = evaluated.call(input);

        Assert.True(input.BitEqual(same));
        Assert.True(input.BitEqual(alsoSame));
        same.add_(1); // the very same memory, in a tensor that may be disposed by itself
        Assert.True(input.BitEqual(alsoSame));
        Assert.True(before.BitEqual(generator.get_state()));
    }

    [Fact]
    public void Backward_DroppedActivations_GetNoGradient()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(1);
        using SeededDropout dropout = new(0.5, generator);
        Tensor input = ones(1000, requires_grad: true);

        Tensor output = dropout.call(input);
        output.sum().backward();

        Assert.True(input.grad!.BitEqual(output));
    }
}
