using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Tests.Benchmarks.Throughput;

/// <summary>The loop that TorchSharp's examples teach: the library's own layers and optimiser, the loss read after each step.</summary>
internal sealed class PlainContender : IContender
{
    private readonly Case _case;
    private readonly Device _device;
    private readonly Tensor _images;
    private readonly Tensor _labels;
    private readonly nn.Module<Tensor, Tensor> _model;
    private readonly optim.Optimizer _optimiser;
    private Tensor _order;
    private int _next;

    public PlainContender(Case @case)
    {
        _case = @case;
        (byte[] pixels, int[] labels) = @case.Draw();
        _device = BenchmarkDevice.Get();
        set_num_threads(@case.Threads); // after the device: to look for one sets the product's own number
        _images = tensor(pixels, [Case.Images, @case.Channels, @case.Side, @case.Side]).to(_device);
        _labels = tensor(Array.ConvertAll(labels, label => (long)label)).to(_device);
        _model = PlainModels.Create(@case.Model).to(_device);
        _optimiser = optim.SGD(_model.parameters(), Case.Rate, momentum: Case.Momentum, weight_decay: Case.Decay, nesterov: true);
        _order = randperm(Case.Images, ScalarType.Int64, _device);
    }

    public long Parameters => _model.parameters().Sum(parameter => parameter.numel());

    public double Loss { get; private set; }

    public void Step()
    {
        if (_next + _case.Batch > Case.Images)
        {
            _order.Dispose();
            _order = randperm(Case.Images, ScalarType.Int64, _device);
            _next = 0;
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor chosen = _order.narrow(0, _next, _case.Batch);
        _next += _case.Batch;
        Tensor x = _images.index_select(0, chosen).to(ScalarType.Float32).div(255).sub(0.5f).div(0.25f);
        Tensor y = _labels.index_select(0, chosen);
        _optimiser.zero_grad();
        Tensor loss = nn.functional.cross_entropy(_model.call(x), y);
        loss.backward();
        _optimiser.step();
        Loss += loss.item<float>();
    }

    public void Dispose()
    {
        _optimiser.Dispose();
        _model.Dispose();
        _order.Dispose();
        _images.Dispose();
        _labels.Dispose();
    }
}
