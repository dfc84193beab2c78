using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Sweeper.Tests.Benchmarks.Throughput;

/// <summary>The networks of <see cref="Case.Models"/> from the library's own layers, as torch_loop.py has them in Python.</summary>
internal static class PlainModels
{
    public static Module<Tensor, Tensor> Create(string model) => model switch
    {
        "lenet" => Sequential(
            Conv2d(1, 20, 5), MaxPool2d(2), Conv2d(20, 50, 5), MaxPool2d(2), Flatten(), Linear(50 * 4 * 4, 500), ReLU(), Linear(500, Case.Classes)),
        "small-cnn" => Sequential([.. Unit(1, 16), MaxPool2d(2), .. Unit(16, 48), MaxPool2d(2), .. Unit(48, 96), MaxPool2d(2), Flatten(), Linear(96 * 3 * 3, Case.Classes)]),
        "resnet9" => Sequential([
            .. Unit(3, 64), .. Unit(64, 128), MaxPool2d(2), new Pair(128),
            .. Unit(128, 256), MaxPool2d(2), .. Unit(256, 512), MaxPool2d(2), new Pair(512),
            AdaptiveMaxPool2d([1, 1]), Flatten(), Linear(512, Case.Classes, hasBias: false), new Scaled(0.125f)]),
        "resnet20" => Residual(3),
        "resnet56" => Residual(9),
        _ => throw new ArgumentException($"there is no '{model}'", nameof(model)),
    };

    private static Module<Tensor, Tensor>[] Unit(int inputs, int outputs) =>
        [Conv2d(inputs, outputs, 3, padding: 1, bias: false), BatchNorm2d(outputs), ReLU()];

    private static Sequential Residual(int blocks)
    {
        List<Module<Tensor, Tensor>> layers = [.. Unit(3, 16)];
        int inputs = 16;
        foreach (int width in (int[])[16, 32, 64])
        {
            for (int block = 0; block < blocks; block++)
            {
                layers.Add(new Block(inputs, width));
                inputs = width;
            }
        }

        layers.AddRange([AdaptiveAvgPool2d([1, 1]), Flatten(), Linear(64, Case.Classes)]);
        return Sequential(layers);
    }

    private sealed class Pair : Module<Tensor, Tensor>
    {
        private readonly Sequential _body;

        public Pair(int width)
            : base(nameof(Pair))
        {
            _body = Sequential([.. Unit(width, width), .. Unit(width, width)]);
            register_module("body", _body);
        }

        public override Tensor forward(Tensor input) => input + _body.call(input);
    }

    private sealed class Block : Module<Tensor, Tensor>
    {
        private readonly Sequential _body;
        private readonly int _more;

        public Block(int inputs, int outputs)
            : base(nameof(Block))
        {
            _more = outputs - inputs;
            _body = Sequential(
                Conv2d(inputs, outputs, 3, stride: _more > 0 ? 2 : 1, padding: 1, bias: false), BatchNorm2d(outputs), ReLU(),
                Conv2d(outputs, outputs, 3, padding: 1, bias: false), BatchNorm2d(outputs));
            register_module("body", _body);
        }

        public override Tensor forward(Tensor input)
        {
            Tensor shortcut = _more > 0
                ? functional.pad(input.index(TensorIndex.Colon, TensorIndex.Colon, TensorIndex.Slice(step: 2), TensorIndex.Slice(step: 2)), [0, 0, 0, 0, 0, _more])
                : input;
            return functional.relu(_body.call(input) + shortcut);
        }
    }

    private sealed class Scaled(float factor) : Module<Tensor, Tensor>(nameof(Scaled))
    {
        public override Tensor forward(Tensor input) => input * factor;
    }
}
