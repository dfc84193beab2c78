namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Fields of <see cref="ModelSpec"/>.</summary>
internal static class ModelFields
{
    public static readonly SpecField<string> Name =
        new("model.name", new TextType("the name of a model", SpecPatterns.Word(), KnownNames.BuiltIn.Models), spec => spec.Model.Name)
        {
            Doc = "Network by its name.",
            Default = FieldDefault.None("small-cnn"),
            Example = "small-cnn",
            OtherWords = ["type", "arch", "architecture"],
            Only = TrainerFields.WithoutCommand,
            Alternative = TrainerFields.Command,
            Prominent = true,
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
                    new Choice<WeightInitSpec>("pytorch_default", WeightInitSpec.PyTorchDefault, "uniform with bound 1/sqrt(fan in)")),
                "model_default"),
            spec => spec.Model.Init)
        {
            Doc = "How weights are drawn.",
            Default = FieldDefault.Always<WeightInitSpec?>(null, "the model's own"),
            Example = "kaiming_normal",
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
        };

    public static readonly SpecSection Section = new("model")
    {
        Doc = "Network to train. A name alone is the same as `{name: name}`. Its dropout rate is an axis of the search.",
        Shorthand = Name,
        OtherWords = ["network", "net", "arch"],
        Items = [Name, Init, BatchNormMomentum],
    };
}
