using System.Runtime.InteropServices;
using Sweeper.Plugins;
using static TorchSharp.torch;

namespace Sweeper.Tests.BadPlugins;

/// <summary>Throws before anything can be asked of it.</summary>
[Model("throws")]
public sealed class Throws : IModelBuilder
{
    public Throws() => throw new InvalidOperationException("no luck today");

    public nn.Module<Tensor, Tensor> Build(ModelPlan plan) => nn.Identity();
}

/// <summary>Answers with a class too many.</summary>
[Model("wrong-shape")]
public sealed class WrongShape : IModelBuilder
{
    public nn.Module<Tensor, Tensor> Build(ModelPlan plan) =>
        nn.Sequential(nn.Flatten(), nn.Linear(plan.Channels * plan.Height * plan.Width, plan.Classes + 1));
}

/// <summary>Never ends.</summary>
[Model("loops")]
public sealed class Loops : IModelBuilder
{
    public nn.Module<Tensor, Tensor> Build(ModelPlan plan)
    {
        while (true)
        {
            Thread.Yield();
        }
    }
}

/// <summary>Ends its process as a failed assertion of native code does.</summary>
[Model("aborts")]
public sealed partial class Aborts : IModelBuilder
{
    public nn.Module<Tensor, Tensor> Build(ModelPlan plan)
    {
        Abort();
        return nn.Identity();
    }

    [DllImport("libc", EntryPoint = "abort")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern void Abort();
}

/// <summary>Ends its process in good order.</summary>
[Model("exits")]
public sealed class Exits : IModelBuilder
{
    public nn.Module<Tensor, Tensor> Build(ModelPlan plan)
    {
        Environment.Exit(0);
        return nn.Identity();
    }
}

/// <summary>Uses the dropout that all trials of a process would share.</summary>
[Model("global-dropout")]
public sealed class GlobalDropout : IModelBuilder
{
    public nn.Module<Tensor, Tensor> Build(ModelPlan plan) =>
        nn.Sequential(nn.Flatten(), nn.Dropout(0.5), nn.Linear(plan.Channels * plan.Height * plan.Width, plan.Classes));
}

/// <summary>Draws weights that no seed decides.</summary>
[Model("unseeded")]
public sealed class Unseeded : IModelBuilder
{
    public nn.Module<Tensor, Tensor> Build(ModelPlan plan)
    {
        nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten(), nn.Linear(plan.Channels * plan.Height * plan.Width, plan.Classes));
        foreach (TorchSharp.Modules.Parameter parameter in network.parameters())
        {
            using var noGradient = no_grad();
            parameter.fill_(Random.Shared.NextSingle());
        }

        return network;
    }
}

/// <summary>A sound one with a setting of every kind, to be asked for the wrong values.</summary>
[Model("sound")]
public sealed class Sound : IModelBuilder
{
    public IReadOnlyList<Hyperparameter> Hyperparameters =>
    [
        new Hyperparameter.Whole("width", 1, 64, 8), new Hyperparameter.Real("scale", 0.5, 2, 1), new Hyperparameter.Choice("activation", "relu", "relu", "tanh"),
    ];

    public nn.Module<Tensor, Tensor> Build(ModelPlan plan) => nn.Sequential(
        nn.Flatten(),
        nn.Linear(plan.Channels * plan.Height * plan.Width, plan.Whole("width")),
        plan.Choice("activation") == "relu" ? nn.ReLU() : nn.Tanh(),
        nn.Linear(plan.Whole("width"), plan.Classes));
}

/// <summary>Answers with probabilities.</summary>
[Model("softmax")]
public sealed class Softmax : IModelBuilder
{
    public nn.Module<Tensor, Tensor> Build(ModelPlan plan) =>
        nn.Sequential(nn.Flatten(), nn.Linear(plan.Channels * plan.Height * plan.Width, plan.Classes), nn.Softmax(1));
}

/// <summary>A metric that throws.</summary>
[Metric("angry")]
public sealed class Angry : IMetric
{
    public double Of(Answers answers) => throw new InvalidOperationException("not with me");
}

/// <summary>A metric that is no number.</summary>
[Metric("nothing")]
public sealed class Nothing : IMetric
{
    public double Of(Answers answers) => double.NaN;
}

/// <summary>A metric that no answer decides.</summary>
[Metric("dice")]
public sealed class Dice : IMetric
{
    public double Of(Answers answers) => Random.Shared.NextDouble();
}

/// <summary>A metric that never answers.</summary>
[Metric("sleepy")]
public sealed class Sleepy : IMetric
{
    public double Of(Answers answers)
    {
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }
}

/// <summary>A metric that ends its process.</summary>
[Metric("fatal")]
public sealed class Fatal : IMetric
{
    public double Of(Answers answers)
    {
        Environment.FailFast("fatal metric");
        return 0;
    }
}

/// <summary>A metric that fails on a trial's answers only: there are more of them than it is tried on.</summary>
[Metric("late")]
public sealed class Late : IMetric
{
    public double Of(Answers answers) => answers.Count > 20 ? throw new InvalidOperationException("too many for me") : 1;
}

/// <summary>Passes every check, and ends its process in training, on the step after so many; 0: never.</summary>
[Model("aborts-later")]
public sealed class AbortsLater : IModelBuilder
{
    public IReadOnlyList<Hyperparameter> Hyperparameters => [new Hyperparameter.Whole("after", 0, 1000, 0)];

    public nn.Module<Tensor, Tensor> Build(ModelPlan plan) =>
        new Network(nn.Sequential(nn.Flatten(), nn.Linear(plan.Channels * plan.Height * plan.Width, plan.Classes)), plan.Whole("after"));

    private sealed class Network : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> _body;
        private readonly int _after;
        private int _steps;

        public Network(nn.Module<Tensor, Tensor> body, int after)
            : base("aborts-later")
        {
            _body = body;
            _after = after;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            if (training && _after > 0 && input.shape[0] > 2 && ++_steps > _after) // a check has two images
            {
                Aborts.Abort();
            }

            return _body.call(input);
        }
    }
}
