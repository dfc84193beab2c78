using Sweeper.Training.Models;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Models;

/// <summary>Models for tests, each with its own generators.</summary>
internal static class ModelFactory
{
    public static readonly ImageShape Grey28 = new(1, 28, 28);
    public static readonly ImageShape Colour16 = new(3, 16, 16);
    public static readonly ImageShape Colour32 = new(3, 32, 32);

    public static ImageModel Create(ModelOptions options, ImageShape input, int classes = 10, ulong seed = 1)
    {
        using Generator init = new(seed);
        // The model draws its masks from it as long as it lives; the finaliser frees it.
        Generator dropout = new(seed + 1);
        return ModelCatalog.Create(options, input, classes, init, dropout, CPU);
    }

    public static ImageModel Create(string name, ImageShape input, int classes = 10, double dropout = 0, ulong seed = 1) =>
        Create(new ModelOptions { Name = name, Dropout = dropout }, input, classes, seed);

    public static Tensor Images(ImageShape shape, int count, ulong seed = 3)
    {
        using Generator generator = new(seed);
        return randn([count, shape.Channels, shape.Height, shape.Width], generator: generator);
    }
}
