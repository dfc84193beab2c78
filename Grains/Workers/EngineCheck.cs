using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Planning;
using Sweeper.Training.Data;
using Sweeper.Training.OwnModels;
using Sweeper.Training.Running;

namespace Sweeper.Grains.Workers;

/// <summary>Tries a spec on its data before it is accepted: what only the engine can know, every problem at once.</summary>
internal static class EngineCheck
{
    /// <summary>Most problems that are listed: a grid repeats itself.</summary>
    private const int MostProblems = 20;

    /// <summary>Steps of the run that the schedule is tried with.</summary>
    private const int TrialSteps = 1000;

    /// <summary>Every problem; empty where all is well.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="data">Its data.</param>
    /// <param name="models">Models of users' own, the spec's already tried.</param>
    public static ImmutableArray<SpecProblem> Of(SweepSpec spec, ImageData data, ModelRegistry models)
    {
        spec = spec with { Search = spec.Search.WithLargestBatch(1) }; // it is found once everything else is right
        var problems = new List<SpecProblem>();
        ImmutableArray<CellKey> cells = SearchPlan.Of(spec).Cells;
        cells = cells.IsEmpty ? CellDesign.Corners(spec) : cells; // a sampler has not chosen any yet: the ends of every axis
        problems.AddRange(Sizes(spec, data));
        if (spec.Search.Ranking.By == Metric.Top5Accuracy && data.Classes.Count <= ClassCounts.Top)
        {
            problems.Add(new SpecProblem(
                "search.objective", "top5_accuracy", $"needs more than {ClassCounts.Top} classes, and {data.Name} has {data.Classes.Count}: every answer would be right; take accuracy, balanced_accuracy, macro_f1 or log_loss"));
        }

        problems.AddRange(Weights(spec, data));
        foreach (CellKey cell in cells)
        {
            int images = cell.TrainSize ?? data.TrainCount;
            int trainImages = images - Split.HeldOut(images, spec.Data.Validation);
            Configuration configuration = Configuration.At(cell, 1);
            TrainingJob job = EngineJobs.Training(spec, configuration, spec.Seed, checkpoint: null, models: models);
            problems.AddRange(job.Check(data.Shape, data.Task).Select(problem => new SpecProblem("model", spec.Model.Name, problem)));
            if (cell.BatchSize > trainImages)
            {
                problems.Add(new SpecProblem(
                    "search.space.batch_size",
                    cell.BatchSize.ToString(CultureInfo.InvariantCulture),
                    $"A batch is larger than the {trainImages} training images that are left{(cell.TrainSize is { } size ? $" of {size}" : "")} after the validation split: at most {trainImages}."));
            }
        }

        CheckSchedule(spec, problems);
        if (problems.Count == 0 && !spec.Model.IsOwn)
        {
            CheckModel(spec, cells[0], data, models, problems);
        }

        return [.. problems.Distinct().Take(MostProblems)];
    }

    private static IEnumerable<SpecProblem> Sizes(SweepSpec spec, ImageData data)
    {
        double[] sizes = [.. spec.Data.TrainSizes?.List ?? []];
        for (int i = 0; i < sizes.Length; i++)
        {
            int fewest = Math.Max(2, data.Classes.Count);
            if (sizes[i] != DataSpec.All && (sizes[i] > data.TrainCount || sizes[i] < fewest))
            {
                yield return new SpecProblem(
                    $"data.train_size[{i}]",
                    sizes[i].ToString(CultureInfo.InvariantCulture),
                    $"{data.Name} has {data.TrainCount} training {(data.Task.IsRegression ? "rows" : $"images in {data.Classes.Count} classes")}: ask for {fewest} to {data.TrainCount}, or all");
            }
        }
    }

    private static IEnumerable<SpecProblem> Weights(SweepSpec spec, ImageData data) =>
        from weight in spec.Training.ClassWeights?.Given ?? []
        where !data.Classes.Contains(weight.Name)
        select new SpecProblem(
            $"training.class_weights.{weight.Name}",
            weight.Weight.ToString(CultureInfo.InvariantCulture),
            $"{data.Name} has no such class; it has {string.Join(", ", data.Classes.Take(MostProblems))}{(data.Classes.Count > MostProblems ? ", ..." : "")}");

    private static void CheckSchedule(SweepSpec spec, List<SpecProblem> problems)
    {
        try
        {
            ScheduleFactory.Of(spec.Training.Schedule, 1, TrialSteps);
        }
        catch (ArgumentException error)
        {
            problems.Add(new SpecProblem("training.schedule", spec.Training.Schedule.Type.ToString(), error.Message));
        }
    }

    /// <summary>One step on two images: the last guard before a model is trusted with a sweep.</summary>
    private static void CheckModel(SweepSpec spec, CellKey cell, ImageData data, ModelRegistry models, List<SpecProblem> problems)
    {
        TrainingJob job = EngineJobs.Training(spec, Configuration.At(cell, 1) with { BatchSize = 2 }, spec.Seed, checkpoint: null, models: models);
        if (ModelDryRun.Try(job, data) is { } error)
        {
            problems.Add(new SpecProblem("model", spec.Model.Name, error));
        }
    }
}
