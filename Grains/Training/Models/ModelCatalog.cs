using System.Globalization;
using Sweeper.Training.Data;
using Sweeper.Training.Models.Layers;
using TorchSharp;

namespace Sweeper.Training.Models;

/// <summary>The networks by name. <see cref="Check"/> needs no native library; <see cref="Create"/> refuses what it would.</summary>
public static class ModelCatalog
{
    private const int LargestSide = 1024;

    private static readonly ModelDefinition[] Definitions =
    [
        new("mlp", "two hidden layers of 256", WeightInit.KaimingNormal, 1, 1, plan => new Mlp(plan), TakesRows: true),
        new("lenet", "Caffe's MNIST LeNet", WeightInit.CaffeXavier, LeNet.SmallestSide, 1, plan => new LeNet(plan)),
        new("small-cnn", "three convolutions with batch norm", WeightInit.KaimingNormal, SmallCnn.SmallestSide, 1, plan => new SmallCnn(plan)),
        new("resnet9", "Page's DAWNBench net", WeightInit.PyTorchDefault, ResNet9.SmallestSide, 1, plan => new ResNet9(plan)),
        Residual(20, ResidualVariant.He),
        Residual(56, ResidualVariant.He),
        Residual(110, ResidualVariant.He),
        Residual(20, ResidualVariant.Smith),
        Residual(56, ResidualVariant.Smith),
        Residual(110, ResidualVariant.Smith),
        new("wrn32x4", "Smith's wide residual net", WeightInit.KaimingNormal, WideResNet.SmallestSide, 4, plan => new WideResNet(plan)),
    ];

    /// <summary>Names of all models, in the order of the documentation.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Definitions.Select(definition => definition.Name)];

    /// <summary>One line about the model called <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">No model has that name.</exception>
    public static string Summary(string name) =>
        Find(name)?.Summary ?? throw new ArgumentException(Unknown(name), nameof(name));

    /// <summary>Every reason why <paramref name="options"/> do not fit the images; empty: they fit. Pure: no native call.</summary>
    /// <param name="options">Model and settings.</param>
    /// <param name="input">Shape of the images.</param>
    /// <param name="task">What it is to learn; of classes, at least 2.</param>
    public static IReadOnlyList<string> Check(ModelOptions options, ImageShape input, LearningTask task)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> problems = [];
        if (!(options.Dropout >= 0 && options.Dropout < 1))
        {
            problems.Add(Invariant($"dropout is {options.Dropout}; it must be at least 0 and below 1"));
        }

        if (options.BatchNormMomentum is { } momentum && !(momentum > 0 && momentum <= 1))
        {
            problems.Add(Invariant($"batch norm momentum is {momentum}; it must be above 0 and at most 1"));
        }

        if (options.Init is { } init && !Enum.IsDefined(init))
        {
            problems.Add($"weight init {init} is unknown; known: {string.Join(", ", Enum.GetNames<WeightInit>())}");
        }

        if (task is { IsRegression: false, Outputs: < 2 })
        {
            problems.Add(Invariant($"{task.Outputs} classes; a classifier needs at least 2"));
        }

        if (input.Channels is not (1 or 3))
        {
            problems.Add(Invariant($"images have {input.Channels} channels; 1 (grey) or 3 (colour) are known"));
        }

        if (options.Own is not null)
        {
            return problems; // what else it demands is tried
        }

        if (Find(options.Name) is not { } model)
        {
            problems.Add(Unknown(options.Name));
            return problems;
        }

        if (input.IsRow)
        {
            return model.TakesRows ? problems : [.. problems, Invariant($"{model.Name} is for images, these data are a table's rows of {input.Width} features; use model {string.Join(", ", Definitions.Where(other => other.TakesRows).Select(other => other.Name))}, or a set of images")];
        }

        int smaller = Math.Min(input.Height, input.Width);
        if (smaller < model.SmallestSide)
        {
            problems.Add(Invariant($"{model.Name} needs images of at least {model.SmallestSide}x{model.SmallestSide} pixels, these are {input.Height}x{input.Width}"));
        }
        else if (input.Height % model.SideMultiple != 0 || input.Width % model.SideMultiple != 0)
        {
            problems.Add(Invariant($"{model.Name} needs a height and width divisible by {model.SideMultiple}, these images are {input.Height}x{input.Width}"));
        }

        if (Math.Max(input.Height, input.Width) > LargestSide)
        {
            problems.Add(Invariant($"images of {input.Height}x{input.Width} pixels are past the limit of {LargestSide}; set a smaller image size"));
        }

        return problems;
    }

    /// <summary>Builds and initialises a model, in training mode, drawing from <paramref name="initGenerator"/> alone.</summary>
    /// <param name="options">Model and settings.</param>
    /// <param name="input">Shape of the images.</param>
    /// <param name="task">What it is to learn.</param>
    /// <param name="initGenerator">Source of the weights, on the CPU; the same state gives the same weights on every device.</param>
    /// <param name="dropoutGenerator">
    /// Source of the dropout masks for the model's whole life, on the CPU or on <paramref name="device"/> (faster there).
    /// Its state belongs into a checkpoint. The caller disposes it after the model.
    /// </param>
    /// <param name="device">Where the parameters live.</param>
    /// <param name="type">Type of the parameters; drawn as float32, whatever it is.</param>
    /// <exception cref="ArgumentException">What <see cref="Check"/> says, or a generator on the wrong device.</exception>
    public static ImageModel Create(
        ModelOptions options,
        ImageShape input,
        LearningTask task,
        torch.Generator initGenerator,
        torch.Generator dropoutGenerator,
        torch.Device device,
        torch.ScalarType type = torch.ScalarType.Float32)
    {
        ArgumentNullException.ThrowIfNull(initGenerator);
        ArgumentNullException.ThrowIfNull(dropoutGenerator);
        ArgumentNullException.ThrowIfNull(device);
        IReadOnlyList<string> problems = Check(options, input, task);
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", problems), nameof(options));
        }

        if (initGenerator.device.type != DeviceType.CPU)
        {
            throw new ArgumentException("weights are drawn on the CPU: give a CPU generator", nameof(initGenerator));
        }

        if (dropoutGenerator.device.type != DeviceType.CPU && dropoutGenerator.device.type != device.type)
        {
            throw new ArgumentException($"the dropout generator is on {dropoutGenerator.device}, the model on {device}", nameof(dropoutGenerator));
        }

        if (options.Own is { } own)
        {
            return own.Create(input, task.Outputs, options.Dropout, initGenerator, dropoutGenerator, device);
        }

        ModelDefinition model = Find(options.Name)!; // found by Check
        WeightSource weights = new(options.Init ?? model.Init, initGenerator, device, type: type);
        ImageModel built = model.Build(new ModelBlueprint(
            input,
            task.Outputs,
            weights,
            [new DropoutSource(options.Dropout, dropoutGenerator)],
            options.BatchNormMomentum ?? BatchNorm.DefaultMomentum,
            options.Init is null ? model.ClassifierInit : null));
        built.Precision = type == torch.ScalarType.BFloat16 ? Precision.BFloat16 : Precision.Full;
        return built;
    }

    /// <summary>
    /// Builds several networks of one kind as one, in training mode, all parameters zero: each has one dimension more, the
    /// members, in front, and stands in the place of that of a single network.
    /// </summary>
    /// <param name="options">Model and settings, checked; its dropout does not count.</param>
    /// <param name="input">Shape of the images.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="dropouts">Dropout of each member; at least two members.</param>
    /// <param name="device">Where the parameters live.</param>
    /// <param name="type">Type of the parameters.</param>
    internal static ImageModel CreateArray(
        ModelOptions options, ImageShape input, int classes, IReadOnlyList<DropoutSource> dropouts, torch.Device device, torch.ScalarType type)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dropouts.Count, 2);
        ModelDefinition model = Find(options.Name) ?? throw new ArgumentException(Unknown(options.Name), nameof(options));
        WeightSource zeros = new(model.Init, null, device, dropouts.Count, type);
        ImageModel array = model.Build(new ModelBlueprint(
            input, classes, zeros, dropouts, options.BatchNormMomentum ?? BatchNorm.DefaultMomentum, ClassifierInit: null));
        array.Members = dropouts.Count;
        return array;
    }

    // Drawn as in Smith and Topin's files: convolutions by "msra", the dense layer by Caffe's "xavier".
    private static ModelDefinition Residual(int depth, ResidualVariant variant) => new(
        variant == ResidualVariant.He ? $"resnet{depth}" : $"resnet{depth}-smith",
        variant == ResidualVariant.He ? $"He's residual net of depth {depth}, padded shortcuts" : $"Smith and Topin's residual net of depth {depth}, pooled shortcuts",
        WeightInit.KaimingNormal,
        CifarResNet.SmallestSide,
        variant == ResidualVariant.He ? 1 : 4,
        plan => new CifarResNet(plan, depth, variant),
        WeightInit.CaffeXavier);

    private static ModelDefinition? Find(string name) => Array.Find(Definitions, definition => definition.Name == name);

    private static string Unknown(string name) =>
        $"no model is called '{name}'; did you mean '{NearestName.To(name, Names)}'? Known: {string.Join(", ", Names)}";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
