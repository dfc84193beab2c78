using Sweeper.Training.Models.Layers;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Models;

public sealed class MemberDropoutTests
{
    [Fact]
    public void Forward_Training_ZeroesTheRateAndKeepsTheMean()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(1);
        using MemberDropout dropout = new(0.3, generator);

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
        using MemberDropout dropout = new(0.3, generator);
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
        using MemberDropout none = new(0, generator);
        using MemberDropout evaluated = new(0.5, generator);
        evaluated.eval();
        Tensor before = generator.get_state();
        Tensor input = ones(10);

        Assert.Same(input, none.call(input));
        Assert.Same(input, evaluated.call(input));
        Assert.True(before.BitEqual(generator.get_state()));
    }

    [Fact]
    public void Backward_DroppedActivations_GetNoGradient()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(1);
        using MemberDropout dropout = new(0.5, generator);
        Tensor input = ones(1000, requires_grad: true);

        Tensor output = dropout.call(input);
        output.sum().backward();

        Assert.True(input.grad!.BitEqual(output));
    }
}
