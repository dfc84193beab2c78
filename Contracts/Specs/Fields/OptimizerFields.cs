namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Fields of <see cref="OptimizerSpec"/>.</summary>
internal static class OptimizerFields
{
    private static readonly OptimizerSpec Silent = new();

    public static readonly SpecField<OptimizerType> Type =
        new(
            "training.optimizer.type",
            new ChoiceType<OptimizerType>(
                new Choice<OptimizerType>("sgd", OptimizerType.Sgd, "stochastic gradient descent with momentum"),
                new Choice<OptimizerType>("adamw", OptimizerType.AdamW, "Adam with decoupled weight decay")),
            spec => spec.Training.Optimizer.Type)
        {
            Doc = "Update rule.",
            Default = FieldDefault.Always(Silent.Type),
            Example = "sgd",
            OtherWords = ["name"],
            Prominent = true,
        };

    public static readonly SpecField<bool> Nesterov =
        new("training.optimizer.nesterov", new FlagType(), spec => spec.Training.Optimizer.Nesterov)
        {
            Doc = "Nesterov's form of momentum.",
            Default = FieldDefault.Always(Silent.Nesterov),
            Example = "true",
            Only = With(OptimizerType.Sgd, "sgd"),
        };

    public static readonly SpecField<double> Beta2 =
        new("training.optimizer.beta2", new NumberType(new NumberRange(0, 1) { BelowMax = true }), spec => spec.Training.Optimizer.Beta2)
        {
            Doc = "Decay of the second moment; the first follows the schedule's momentum.",
            Default = FieldDefault.Always(Silent.Beta2),
            Example = "0.99",
            OtherWords = ["betas"],
            Only = With(OptimizerType.AdamW, "adamw"),
        };

    public static readonly SpecField<double> Epsilon =
        new("training.optimizer.epsilon", new NumberType(new NumberRange(0, 1) { AboveMin = true }), spec => spec.Training.Optimizer.Epsilon)
        {
            Doc = "Added to the root of the second moment.",
            Default = FieldDefault.Always(Silent.Epsilon),
            Example = "1e-8",
            OtherWords = ["eps"],
            Only = With(OptimizerType.AdamW, "adamw"),
        };

    public static readonly SpecField<bool> DecayBiasAndNorm =
        new("training.optimizer.decay_bias_and_norm", new FlagType(), spec => spec.Training.Optimizer.DecayBiasAndNorm)
        {
            Doc = "Whether weight decay also acts on biases and normalisation parameters.",
            Default = FieldDefault.Always(Silent.DecayBiasAndNorm),
            Example = "false",
        };

    public static readonly SpecField<double?> ClipNorm =
        new(
            "training.optimizer.clip_norm",
            new OptionalType<double>(new NumberType(new NumberRange(0) { AboveMin = true }), "none"),
            spec => spec.Training.Optimizer.ClipNorm)
        {
            Doc = "Largest Euclidean norm of the whole gradient; a longer one is scaled down to it.",
            Default = FieldDefault.Always(Silent.ClipNorm),
            Example = "1",
            OtherWords = ["clip", "grad_clip", "max_grad_norm"],
        };

    public static readonly SpecField<double> BiasLearningRate =
        new(
            "training.optimizer.bias_lr",
            new NumberType(new NumberRange(0, 1000) { AboveMin = true }),
            spec => spec.Training.Optimizer.BiasLearningRate)
        {
            Doc = "Rate of biases and normalisation parameters over that of the weights; Caffe's examples train biases at 2.",
            Default = FieldDefault.Always(Silent.BiasLearningRate),
            Example = "2",
            OtherWords = ["bias_lr_factor", "bias_lr_mult"],
            Only = With(OptimizerType.Sgd, "sgd"),
        };

    public static readonly SpecField<MomentumForm> MomentumForm =
        new(
            "training.optimizer.momentum_form",
            new ChoiceType<MomentumForm>(
                new Choice<MomentumForm>("pytorch", Specs.MomentumForm.PyTorch, "v ← μv + g; w ← w − lr·v"),
                new Choice<MomentumForm>("caffe", Specs.MomentumForm.Caffe, "v ← μv + lr·g; w ← w − v, as in Smith's experiments")),
            spec => spec.Training.Optimizer.MomentumForm)
        {
            Doc = "Where the learning rate stands in the update; the two differ while it moves.",
            Default = FieldDefault.Always(Silent.MomentumForm),
            Example = "caffe",
            Only = With(OptimizerType.Sgd, "sgd"),
        };

    public static readonly SpecSection Section = new("training.optimizer")
    {
        Doc = "Update rule. A type alone is the same as `{type: type}`; weight decay is an axis of the search.",
        Shorthand = Type,
        OtherWords = ["optimiser", "optim"],
        Items = [Type, Nesterov, Beta2, Epsilon, DecayBiasAndNorm, ClipNorm, BiasLearningRate, MomentumForm],
    };

    private static FieldCondition With(OptimizerType type, string word) =>
        new(Type, values => values.Get(Type) == type, $"with type `{word}`");
}
