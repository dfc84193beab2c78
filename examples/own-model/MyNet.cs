using Sweeper.Plugins;
using static TorchSharp.torch;
namespace Example;

[Model("my-net")]
public sealed class MyNet : IModelBuilder
{
    public IReadOnlyList<Hyperparameter> Hyperparameters =>
        [new Hyperparameter.Whole("width", 4, 512, 32), new Hyperparameter.Choice("activation", "relu", "relu", "gelu")];

    public nn.Module<Tensor, Tensor> Build(ModelPlan plan)
    {
        int width = plan.Whole("width");
        nn.Module<Tensor, Tensor> Activation() => plan.Choice("activation") == "relu" ? nn.ReLU() : nn.GELU();
        return nn.Sequential(
            nn.Conv2d(plan.Channels, width, 3, stride: 2), nn.BatchNorm2d(width), Activation(),
            nn.Conv2d(width, 2 * width, 3, stride: 2), nn.BatchNorm2d(2 * width), Activation(),
            nn.AdaptiveAvgPool2d(2), nn.Flatten(), plan.Dropout(), nn.Linear(8 * width, plan.Classes));
    }
}
