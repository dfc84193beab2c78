using Sweeper.Training.Models;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Models;

/// <summary>Operations of ours in torch's graph.</summary>
public sealed class GradientNodeTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Attach_TwoInARow_ChainsTheirGradients()
    {
        Tensor x = tensor(new float[] { 1, 2 }).requires_grad_();
        Tensor y = Times(Times(x, new Factor(3)), new Factor(5));
        y.sum().backward();
        GradientNode.EndPass();

        Assert.Equal([15f, 15f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Attach_InputWithoutGradient_GetsNone()
    {
        Tensor x = tensor(new float[] { 1, 2 }).requires_grad_();
        Tensor constant = ones(2);
        GradientNode.Attach(Take(x * 3), [x, constant], new Factor(3)).sum().backward();

        Assert.Equal([3f, 3f], x.grad!.data<float>().ToArray());
        Assert.Null(constant.grad);
    }

    [Fact]
    public void Attach_NoGradientsWanted_LetsGoAtOnce()
    {
        var factor = new Factor(3);
        Tensor output = GradientNode.Attach(Take(ones(2)), [ones(2)], factor);

        Assert.False(output.requires_grad);
        Assert.Equal(1, factor.Disposed);
    }

    [Fact]
    public void Graph_ThatNobodyGoesBackThrough_LetsGoWithItsOutput()
    {
        var factor = new Factor(3);
        using (Times(ones(2).requires_grad_(), factor))
        {
            Assert.Equal(0, factor.Disposed);
        }

        Assert.Equal(1, factor.Disposed);
    }

    [Fact]
    public void Backward_ThatFails_IsThrownAfterwards()
    {
        Tensor x = ones(2).requires_grad_();
        Times(x, new Factor(double.NaN)).sum().backward();

        Assert.Equal("no factor", Assert.Throws<InvalidDataException>(GradientNode.EndPass).Message);
        GradientNode.EndPass(); // once
    }

    [Fact]
    public void Backward_Twice_IsRefused()
    {
        Tensor loss = Times(ones(2).requires_grad_(), new Factor(3)).sum();
        autograd.backward([loss], retain_graph: true);
        autograd.backward([loss], retain_graph: true);

        Assert.Throws<InvalidOperationException>(GradientNode.EndPass);
    }

    private static Tensor Times(Tensor x, Factor factor) => GradientNode.Attach(Take(x * factor.Value), [x], factor);

    private static RawTensor Take(Tensor values)
    {
        using (values)
        {
            return values.Raw().Detached();
        }
    }

    private sealed class Factor(double value) : IGradient
    {
        public double Value => value;

        public int Disposed { get; private set; }

        public void Backward(RawTensor output, Span<RawTensor> inputs)
        {
            using Tensor given = output.Detached().ToTensor();
            inputs[0] = double.IsNaN(value) ? throw new InvalidDataException("no factor") : Take(given * value);
        }

        public void Dispose() => Disposed++;
    }
}
