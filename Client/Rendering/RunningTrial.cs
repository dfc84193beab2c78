using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Rendering;

/// <summary>A trial on a worker, in words.</summary>
/// <param name="Job">The trial.</param>
/// <param name="Schedule">Schedule of the spec; tells the phase.</param>
internal sealed record RunningTrial(RunningJob Job, ScheduleSpec Schedule)
{
    private JobProgress? Progress => Job.Progress;

    /// <summary>Part of its steps that are done, in [0, 1].</summary>
    public double Done => Progress is null ? 0 : (double)Progress.Step / Math.Max(1, Progress.TotalSteps);

    /// <summary>Phase of the schedule.</summary>
    public string Phase => Progress is null ? "starting" : TrainingPhase.Of(Schedule, Progress.Step, Progress.TotalSteps);

    /// <summary>Learning rate now.</summary>
    public string LearningRate => HumanText.Rate(Progress?.LearningRate);

    /// <summary>Training loss; none before the first.</summary>
    public string Loss => Progress is null || double.IsNaN(Progress.TrainLoss) ? HumanText.None : HumanText.Loss(Progress.TrainLoss);

    /// <summary>Last held-out accuracy.</summary>
    public string Accuracy => HumanText.Percent(Progress?.Accuracy);

    /// <summary>Images per second.</summary>
    public string Speed => Progress is null ? HumanText.None : HumanText.Speed(Progress.ImagesPerSecond);

    /// <summary>Time to its end.</summary>
    public string Left => HumanText.Duration(Progress?.SecondsLeft);
}
