using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Training.RangeTests;
using Sweeper.Training.Running;
using Sweeper.Training.Schedules;

namespace Sweeper.Grains.Workers.External;

/// <summary>What a job asks of an external trainer, step for step; the same schedules and the same places of readings as the engine's.</summary>
/// <param name="Schedule">Learning rate and momentum of every step.</param>
/// <param name="StepsPerEpoch">Steps in a pass over the training data.</param>
/// <param name="ValidateAt">Steps taken before each reading on the validation data; rising. Without such data: empty.</param>
/// <param name="TestAt">Steps taken before each reading on the test data; rising.</param>
/// <param name="Ramp">The ramp of a range test; null for a trial.</param>
internal sealed record ExternalPlan(
    Schedule Schedule, int StepsPerEpoch, ImmutableArray<int> ValidateAt, ImmutableArray<int> TestAt, RangeTestRamp? Ramp)
{
    /// <summary>Optimiser steps of the job.</summary>
    public int Steps => Schedule.TotalSteps;

    /// <summary>The plan of a job.</summary>
    /// <exception cref="ArgumentException">Its run is too short for its schedule, or too long to be handed over.</exception>
    public static ExternalPlan Of(JobTicket ticket)
    {
        TrainerSpec trainer = ticket.Spec.Trainer ?? throw new ArgumentException("The engine trains this job.", nameof(ticket));
        int stepsPerEpoch = TrainingJob.StepsPerEpoch(trainer.TrainExamples, ticket.Configuration.BatchSize);
        return ticket.Key.Kind == JobKind.RangeTest ? OfRangeTest(ticket, trainer, stepsPerEpoch) : OfTrial(ticket, trainer, stepsPerEpoch);
    }

    private static ExternalPlan OfTrial(JobTicket ticket, TrainerSpec trainer, int stepsPerEpoch)
    {
        TrainingJob job = EngineJobs.Training(ticket.Spec, ticket.Configuration, ticket.Seed, checkpoint: null, ticket.Plan);
        int steps = Bounded(job.Length.ToSteps(stepsPerEpoch));
        int[] all = [.. Enumerable.Range(1, steps)];
        return new ExternalPlan(
            job.Schedule(steps),
            stepsPerEpoch,
            trainer.ValidationExamples == 0 ? [] : [.. all.Where(step => job.Evaluation.IsDue(EvaluationImages.Validation, step, steps, stepsPerEpoch))],
            [.. all.Where(step => job.Evaluation.IsDue(EvaluationImages.Test, step, steps, stepsPerEpoch))],
            Ramp: null);
    }

    private static ExternalPlan OfRangeTest(JobTicket ticket, TrainerSpec trainer, int stepsPerEpoch)
    {
        RangeTestJob job = EngineJobs.RangeTest(ticket.Spec, ticket.Configuration, ticket.Seed, ticket.LengthFactor, ticket.Repeat);
        Schedule schedule = job.Ramp.ToSchedule(stepsPerEpoch, job.MomentumStart, job.MomentumEnd);
        Bounded(schedule.TotalSteps);
        ImmutableArray<int> readings = job.Ramp is RangeTestRamp.Linear { Probe: var probe }
            ? [.. Enumerable.Range(1, schedule.TotalSteps).Where(step => probe.IsDueAfter(step - 1, schedule.TotalSteps))]
            : [];
        return trainer.ValidationExamples > 0
            ? new ExternalPlan(schedule, stepsPerEpoch, readings, [], job.Ramp)
            : new ExternalPlan(schedule, stepsPerEpoch, [], readings, job.Ramp);
    }

    private static int Bounded(int steps) => steps <= TrainerSpec.MostSteps
        ? steps
        : throw new ArgumentException(FormattableString.Invariant($"the run has {steps} steps; one of an external trainer must have at most {TrainerSpec.MostSteps}"));
}
