using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Training.Data;
using Sweeper.Training.Models;

namespace Sweeper.Grains.Workers.Memory;

/// <summary>What decides how much memory the steps of a job take, its batch size aside: rates, decay, dropout and seeds do not.</summary>
/// <param name="Model">Model.</param>
/// <param name="Settings">What the trial has chosen of a model of the user's own.</param>
/// <param name="Optimizer">Update rule: it keeps buffers.</param>
/// <param name="Precision">Width of the activations.</param>
/// <param name="Shape">Shape of an input.</param>
/// <param name="Outputs">Outputs of the model.</param>
internal sealed record MemoryKind(ModelSpec Model, object? Settings, OptimizerSpec Optimizer, PrecisionSpec? Precision, ImageShape Shape, int Outputs)
{
    /// <summary>That of a job.</summary>
    public static MemoryKind Of(JobTicket ticket, ImageData data) => new(
        ticket.Spec.Model, ticket.Configuration.Model, ticket.Spec.Training.Optimizer, ticket.Spec.Training.Precision, data.Shape, data.Task.Outputs);
}
