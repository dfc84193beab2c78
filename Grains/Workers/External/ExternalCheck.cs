using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Workers.External;

/// <summary>Tries an external trainer before its spec is accepted, without running it: every problem at once.</summary>
internal static class ExternalCheck
{
    /// <summary>Every problem; empty where all is well.</summary>
    /// <param name="spec">The spec; it has a trainer.</param>
    /// <param name="permission">Which commands are run here.</param>
    public static ImmutableArray<SpecProblem> Of(SweepSpec spec, PermittedCommands permission)
    {
        TrainerSpec trainer = spec.Trainer!; // the caller looked
        string? program = ProgramFinder.Find(trainer);
        var problems = new List<SpecProblem>(permission.Check(trainer, program));
        if (problems.Count == 0)
        {
            problems.AddRange(Files(trainer, program)); // what there is on the machine is no business of whom nothing is permitted
        }

        problems.AddRange(Runs(spec));
        if (spec.Purpose is SweepPurpose.ResumeCheck or SweepPurpose.Weights)
        {
            problems.Add(new SpecProblem("trainer.command", trainer.CommandLine, "keeps its weights to itself: there are none to compare, and none to save"));
        }

        return [.. problems.Distinct()];
    }

    /// <summary>What is wrong with the files of a trainer; also before every job, as files change.</summary>
    public static IEnumerable<SpecProblem> Files(TrainerSpec trainer, string? program)
    {
        if (trainer.Workdir is not { } folder || !Path.IsPathFullyQualified(folder) || !Directory.Exists(folder))
        {
            yield return new SpecProblem("trainer.workdir", trainer.Workdir, "is no folder on this worker; an absolute path of one is expected");
            yield break;
        }

        if (program is null)
        {
            yield return new SpecProblem("trainer.command[0]", trainer.Command[0], "no program of that name is found on this worker");
        }
        else if (!ProgramFinder.IsExecutable(program))
        {
            yield return new SpecProblem("trainer.command[0]", trainer.Command[0], "may not be run: it is not executable (chmod +x)");
        }

        foreach (string missing in TrainerFiles.Missing(trainer))
        {
            yield return new SpecProblem("trainer.files", missing, $"there is no such file in {folder} on this worker");
        }

        string? complaint = null;
        try
        {
            complaint = trainer.Content is { } content && TrainerFiles.Hash(TrainerFiles.Of(trainer)) != content
                ? "has other files on this worker than where its spec was read, or they were changed since: submit it again under another name"
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            complaint = error.Message;
        }

        if (complaint is not null)
        {
            yield return new SpecProblem("trainer.command", trainer.CommandLine, complaint);
        }
    }

    /// <summary>Runs that are too short for their schedule, or too long to be handed over.</summary>
    private static IEnumerable<SpecProblem> Runs(SweepSpec spec)
    {
        ImmutableArray<CellKey> cells = SearchPlan.Of(spec).Cells;
        foreach (CellKey cell in cells.IsEmpty ? CellDesign.Corners(spec) : cells)
        {
            SpecProblem? problem = null;
            try
            {
                _ = ExternalPlan.Of(new JobTicket(new JobKey(spec.Name, JobKind.Trial, 1), 1, 0, Configuration.At(cell, 1), spec.Seed, spec));
            }
            catch (ArgumentException error)
            {
                problem = new SpecProblem("training", spec.Training.LengthWords, $"with a batch of {cell.BatchSize}: {error.Message}");
            }

            if (problem is not null)
            {
                yield return problem;
            }
        }
    }
}
