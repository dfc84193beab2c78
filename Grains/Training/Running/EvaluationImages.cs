namespace Sweeper.Training.Running;

/// <summary>Held-out images.</summary>
public enum EvaluationImages
{
    /// <summary>Part of the training images, held out to select by.</summary>
    Validation,

    /// <summary>Test images.</summary>
    Test,

    /// <summary>The validation images, read by an annealed copy of the run; see <see cref="CooldownPlan"/>.</summary>
    Cooldown,
}
