using Sweeper.Contracts.Jobs;
using Sweeper.Training.Data;
using Sweeper.Training.OwnModels;
using Sweeper.Training.Running;

namespace Sweeper.Grains.Workers;

/// <summary>Proof that an interruption changes nothing: the same run, once whole, once interrupted at a random step and resumed.</summary>
/// <param name="data">Images.</param>
/// <param name="trainer">Runs them.</param>
/// <param name="worker">Key of the worker.</param>
/// <param name="models">Models of users' own.</param>
internal sealed class ResumeCheck(ImageData data, Trainer trainer, string worker, ModelRegistry models)
{
    /// <summary>Runs both and compares their final weights.</summary>
    /// <param name="ticket">The job.</param>
    /// <param name="checkpointFile">File that the interrupted run is saved to; removed first.</param>
    /// <param name="progress">Receives progress of each run in turn.</param>
    /// <param name="control">How it is stopped.</param>
    public JobReport Run(JobTicket ticket, string checkpointFile, IProgress<TrainingProgress> progress, JobControl control)
    {
        File.Delete(checkpointFile);
        TrainingJob whole = EngineJobs.Training(ticket.Spec, ticket.Configuration, ticket.Seed, checkpoint: null, models: models);
        TrainingResult first = trainer.Run(whole, data, progress, control.Stop);
        if (first.Outcome is not TrainingOutcome.Completed)
        {
            return EngineReports.Training(ticket, worker, first, control.StopReason());
        }

        var saved = new CheckpointOptions { Path = checkpointFile, DeleteAtEnd = false };
        TrainingJob divided = whole with { Checkpoint = saved, ProgressInterval = TimeSpan.Zero };
        int step = first.TotalSteps > 1 ? Random.Shared.Next(1, first.TotalSteps) : 1;
        TrainingResult half = Interrupt(divided, step, progress, control.Stop);
        TrainingResult resumed = control.Stop.IsCancellationRequested
            ? half
            : trainer.Run(divided, data, progress, control.Stop);
        JobReport report = EngineReports.Training(ticket, worker, resumed, control.StopReason());
        return resumed.Outcome is TrainingOutcome.Completed
            ? report with
            {
                Outcome = new JobOutcome.ResumeChecked(half.Steps, EngineReports.Hash(first), EngineReports.Hash(resumed), EngineReports.Score(resumed)),
            }
            : report;
    }

    private TrainingResult Interrupt(TrainingJob job, int step, IProgress<TrainingProgress> progress, CancellationToken stop)
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var watcher = new EngineProgress(at =>
        {
            progress.Report(at);
            if (at.Step >= step)
            {
                interrupt.Cancel();
            }
        });
        return trainer.Run(job, data, watcher, interrupt.Token);
    }
}
