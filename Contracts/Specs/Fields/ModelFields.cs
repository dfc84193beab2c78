namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Fields of <see cref="ModelSpec"/>.</summary>
internal static class ModelFields
{
    public static readonly SpecField<string> Name =
        new("model.name", new TextType("the name of a model", SpecPatterns.Word(), KnownNames.BuiltIn.Models, others: true), spec => spec.Model.Name)
        {
            Doc = "Network by its name.",
            Default = FieldDefault.None("small-cnn"),
            Example = "small-cnn",
            OtherWords = ["type", "arch", "architecture"],
            Only = TrainerFields.WithoutCommand,
            Alternative = TrainerFields.Command,
            Prominent = true,
        };

    public static readonly SpecField<string?> Plugin =
        new("model.plugin", new OptionalTextType(new TextType("name of a plug-in: letters, digits, '_', '.' and '-', at most 80", SpecPatterns.PluginName())), spec => spec.Model.Plugin)
        {
            Doc = "Plug-in that holds a model of your own, the name of its file without `.dll`, in the silo's folder of plug-ins; `host` where the silo's own program registers the model. See own-model.md.",
            Default = FieldDefault.Always<string?>(null, "none: the model is built in"),
            Example = "my-net",
            OtherWords = ["assembly", "dll", "file"],
        };

    public static readonly SpecField<string?> PluginSha256 =
        new("model.plugin_sha256", new OptionalTextType(new TextType("64 hexadecimal digits", SpecPatterns.Sha256())), spec => spec.Model.PluginSha256)
        {
            Doc = "SHA-256 of the plug-in's content; a plug-in with another is refused.",
            Default = FieldDefault.Always<string?>(null, "that of the plug-in that the silo has"),
            Example = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            Only = WithPlugin(),
        };

    public static readonly SpecField<ModelAxes?> Settings =
        new("model.settings", new ModelAxesType(), spec => spec.Model.Settings)
        {
            Doc = "Hyperparameters that the model declares, each an axis of the search: a number, a word, a list, or an interval.",
            Default = FieldDefault.Always<ModelAxes?>(null, "the model's own"),
            Example = "{width: [32, 64], activation: gelu}",
            OtherWords = ["hyperparameters", "params", "kwargs"],
            Only = WithPlugin(),
        };

    public static readonly SpecField<WeightInitSpec?> Init =
        new(
            "model.init",
            new OptionalType<WeightInitSpec>(
                new ChoiceType<WeightInitSpec>(
                    new Choice<WeightInitSpec>("kaiming_normal", WeightInitSpec.KaimingNormal, "He et al., normal, fan in", "msra"),
                    new Choice<WeightInitSpec>("kaiming_normal_fan_out", WeightInitSpec.KaimingNormalFanOut, "He et al., normal, fan out"),
                    new Choice<WeightInitSpec>("xavier_uniform", WeightInitSpec.XavierUniform, "Glorot and Bengio, uniform"),
                    new Choice<WeightInitSpec>("xavier_normal", WeightInitSpec.XavierNormal, "Glorot and Bengio, normal"),
                    new Choice<WeightInitSpec>("caffe_xavier", WeightInitSpec.CaffeXavier, "uniform with variance 1 / fan in"),
                    new Choice<WeightInitSpec>("pytorch_default", WeightInitSpec.PyTorchDefault, "uniform with bound 1/sqrt(fan in)"),
                    new Choice<WeightInitSpec>("from_file", WeightInitSpec.FromFile, "the weights of `model.script` as they are, for fine-tuning", "pretrained")),
                "model_default"),
            spec => spec.Model.Init)
        {
            Doc = "How weights are drawn. Those of a `model.script` are drawn from the seed as PyTorch's layers draw them, or are the file's.",
            Default = FieldDefault.Always<WeightInitSpec?>(null, "the model's own"),
            Example = "kaiming_normal",
            Only = WithoutPlugin(),
            OtherWords = ["initialization", "initialisation", "weight_init"],
        };

    public static readonly SpecField<double?> BatchNormMomentum =
        new(
            "model.batch_norm_momentum",
            new OptionalType<double>(new NumberType(new NumberRange(0, 1) { AboveMin = true }), "model_default"),
            spec => spec.Model.BatchNormMomentum)
        {
            Doc = "Share of the new batch in the running statistics of batch normalisation. Short runs need more than the usual 0.1 of a long one.",
            Default = FieldDefault.Always<double?>(null, "the model's own"),
            Example = "0.1",
            OtherWords = ["bn_momentum"],
            Only = BuiltIn(),
        };

    public static readonly SpecField<string?> Script =
        new("model.script", new OptionalTextType(new TextType("a file", SpecPatterns.FilePath())), spec => spec.Model.Script)
        {
            Doc = "TorchScript file that is the model, as `torch.jit.script(model).save(\"model.pt\")` writes it; a relative path counts from the folder of the spec. See torchscript.md.",
            Default = FieldDefault.Always<string?>(null, "none: the model is built in"),
            Example = "model.pt",
            OtherWords = ["torchscript", "jit", "pt"],
            Only = WithoutPlugin(),
        };

    public static readonly SpecField<string?> ScriptSha256 =
        new("model.script_sha256", new OptionalTextType(new TextType("64 hexadecimal digits", SpecPatterns.Sha256())), spec => spec.Model.ScriptSha256)
        {
            Doc = "SHA-256 of the TorchScript file; a file with another is refused.",
            Default = FieldDefault.Always<string?>(null, "that of the file that the silo reads"),
            Example = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            Only = new FieldCondition(Script, values => values.Get(Script) is not null, "with `model.script`"),
        };

    public static readonly SpecSection Section = new("model")
    {
        Doc = "Network to train. A name alone is the same as `{name: name}`. Its dropout rate is an axis of the search.",
        Shorthand = Name,
        OtherWords = ["network", "net", "arch"],
        Items = [Name, Init, BatchNormMomentum, Plugin, PluginSha256, Settings, Script, ScriptSha256],
    };

    private static FieldCondition WithPlugin() => new(Plugin, values => values.Get(Plugin) is not null, "with `model.plugin`");

    private static FieldCondition WithoutPlugin() => new(Plugin, values => values.Get(Plugin) is null, "without `model.plugin`");

    private static FieldCondition BuiltIn() => new(Plugin, values => values.Get(Plugin) is null, "with a model that is built in");
}
