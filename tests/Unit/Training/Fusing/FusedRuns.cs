using Sweeper.Tests.Unit.Training.Running;
using Sweeper.Training.Data;
using Sweeper.Training.Fusing;
using Sweeper.Training.Models;
using Sweeper.Training.Optimisers;
using Sweeper.Training.Running;
using Sweeper.Training.Schedules;

namespace Sweeper.Tests.Unit.Training.Fusing;

/// <summary>Runs that differ in numbers only, alone and together.</summary>
internal static class FusedRuns
{
    /// <summary>Images small enough for a model's 200 steps to take seconds.</summary>
    public static ImageData Data(string model) => model == "lenet" ? EngineFixtures.Synthetic() : EngineFixtures.Tiny();

    /// <summary>A run with augmentation, a point of the curve for every step, and readings on the way.</summary>
    public static TrainingJob Job(string model, int steps, double peak, double decay, double dropout, long seed) => new()
    {
        Model = new ModelOptions { Name = model, Dropout = dropout },
        Optimiser = new OptimiserOptions.Sgd { WeightDecay = decay, Nesterov = true, DecayBiasesAndNorms = false, ClipNorm = 5 },
        BatchSize = 16,
        Length = new RunLength.InSteps(steps),
        Schedule = total => Cycle(peak, total),
        Augmentation = new Augmentation { Flip = true, PadCrop = 1 },
        Evaluation = new EvaluationPlan { ValidateEverySteps = 50, BatchSize = 64 },
        MaxCurvePoints = steps,
        Seed = seed,
    };

    /// <summary>The schedule.</summary>
    public static Schedule Cycle(double peak, int steps) => SmithOneCycle.FromCycleFraction(peak, 10, 0.9, steps, 0.95, 0.85);

    /// <summary>One after another, as without fusing.</summary>
    public static TrainingResult[] Alone(IReadOnlyList<TrainingJob> jobs, ImageData data) =>
        [.. jobs.Select(job => new Trainer(TimeProvider.System).Run(job, data, null, CancellationToken.None))];

    /// <summary>On threads of their own, fused; they start their first steps at about the same time.</summary>
    /// <param name="jobs">The runs.</param>
    /// <param name="data">Images.</param>
    /// <param name="follow">Told the number of a run and where it stands, on the run's thread; null: nobody.</param>
    /// <param name="stop">Stops a run, by its number; null: none is stopped.</param>
    public static TrainingResult[] Together(
        IReadOnlyList<TrainingJob> jobs, ImageData data, Action<int, TrainingProgress>? follow = null, Func<int, CancellationToken>? stop = null)
    {
        using TrainingArrays arrays = new(lanes: 1) { Members = jobs.Count };
        using Barrier ready = new(jobs.Count);
        var trainer = new Trainer(TimeProvider.System, arrays);
        return OnThreads([.. Enumerable.Range(0, jobs.Count)], job =>
        {
            bool started = false;
            var progress = new SynchronousProgress(at =>
            {
                follow?.Invoke(job, at);
                if (!started)
                {
                    started = true;
                    ready.SignalAndWait();
                }
            });
            return trainer.Run(jobs[job], data, progress, stop?.Invoke(job) ?? CancellationToken.None);
        });
    }

    /// <summary>Does something for each on a thread of its own; what one throws is thrown here.</summary>
    public static TResult[] OnThreads<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> work)
    {
        TResult[] results = new TResult[items.Count];
        Exception?[] errors = new Exception?[items.Count];
        Thread[] threads =
        [
            .. items.Select((item, i) => new Thread(() =>
            {
                try
                {
                    results[i] = work(item);
                }
                catch (Exception error)
                {
                    errors[i] = error;
                }
            })),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return errors.FirstOrDefault(error => error is not null) is { } first ? throw new AggregateException(first) : results;
    }
}
