using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Telemetry;
using Sweeper.Contracts.Workers;

namespace Sweeper.Grains.Workers.External;

/// <summary>Runs jobs of external trainers: a command for each, followed by the file that it writes.</summary>
/// <param name="worker">Which worker this is.</param>
/// <param name="device">Device in words.</param>
/// <param name="threads">CPU threads of a slot.</param>
/// <param name="checkpoints">Where jobs keep things.</param>
/// <param name="permission">Which commands are run here.</param>
/// <param name="clock">Source of time.</param>
internal sealed class ExternalEngine(
    WorkerKey worker, string device, int threads, CheckpointFolder checkpoints, PermittedCommands permission, TimeProvider clock)
{
    /// <summary>Every problem of a spec, found without running its command.</summary>
    public ImmutableArray<SpecProblem> Check(SweepSpec spec) => ExternalCheck.Of(spec, permission);

    /// <summary>What decides the numbers of a spec's jobs here: its files and its program. Null where they cannot be read.</summary>
    public EngineIdentity? Identify(SweepSpec spec)
    {
        try
        {
            return Check(spec).IsEmpty ? IdentityOf(spec.Trainer!) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // the job itself will say why
        }
    }

    /// <summary>Runs a job to its end.</summary>
    public JobReport Run(JobTicket ticket, JobControl control)
    {
        TrainerSpec trainer = ticket.Spec.Trainer!; // the caller looked
        DateTimeOffset startedAt = clock.GetUtcNow();
        string? program = ProgramFinder.Find(trainer);
        SpecProblem[] problems = [.. permission.Check(trainer, program)];
        problems = problems.Length > 0 ? problems : [.. ExternalCheck.Files(trainer, program)];
        if (problems.Length > 0)
        {
            return Report(ticket, new JobOutcome.Failed(string.Join("; ", problems.Select(problem => problem.ToString()))), null, startedAt);
        }

        var plan = ExternalPlan.Of(ticket);
        EngineIdentity identity = IdentityOf(trainer);
        string folder = Folder(ticket, identity);
        Dictionary<string, string> values = Values(ticket, plan, folder);
        JobFile.Write(values["config"], ticket, plan, values);
        var file = new MetricsFile(values["metrics"]);
        file.Prepare();
        var run = new ExternalRun(ticket, plan, file, control, worker.ToString(), clock);
        using CommandProcess process = CommandProcess.Start(
            program!, // it was found
            trainer.Command.Skip(1).Select(argument => CommandPlaceholders.Fill(argument, values)),
            trainer.Workdir!,
            [
                new("OMP_NUM_THREADS", values["threads"]),
                .. trainer.Environment.Select(line => line.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], parts[1])),
                .. values.Select(value => KeyValuePair.Create(CommandPlaceholders.Variable(value.Key), value.Value)),
            ]);
        using Activity? span = SweeperTelemetry.Source.StartActivity(Spans.Train);
        JobOutcome outcome = run.ToEnd(process);
        span?.SetTag(Attributes.Steps, run.Metrics.Step);
        return Report(ticket, outcome, run, startedAt, identity);
    }

    private EngineIdentity IdentityOf(TrainerSpec trainer)
    {
        string program = ProgramFinder.Find(trainer) ?? trainer.Command[0];
        return new EngineIdentity($"external, {device}, {program}, {TrainerFiles.Hash([program])}", TrainerFiles.Hash(TrainerFiles.Of(trainer)));
    }

    /// <summary>The job's folder; empty where an earlier attempt ran other files.</summary>
    private string Folder(JobTicket ticket, EngineIdentity identity)
    {
        string folder = checkpoints.ExternalOf(ticket.Key);
        string mark = Path.Combine(folder, "trainer.sha256");
        string now = $"{JobIdentity.Of(ticket)} {identity.DataHash}";
        if (!File.Exists(mark) || File.ReadAllText(mark) != now)
        {
            checkpoints.DeleteExternal(ticket.Key);
            Directory.CreateDirectory(folder);
            File.WriteAllText(mark, now);
        }

        Directory.CreateDirectory(Path.Combine(folder, "checkpoint"));
        return folder;
    }

    private Dictionary<string, string> Values(JobTicket ticket, ExternalPlan plan, string folder) => new(StringComparer.Ordinal)
    {
        ["config"] = Path.Combine(folder, "job.json"),
        ["metrics"] = Path.Combine(folder, "metrics.jsonl"),
        ["checkpoint_dir"] = Path.Combine(folder, "checkpoint"),
        ["kind"] = plan.Ramp is null ? "trial" : "range_test",
        ["seed"] = Text(ticket.Seed),
        ["steps"] = Text(plan.Steps),
        ["max_lr"] = Text(plan.Ramp is null ? ticket.Configuration.MaxLearningRate : plan.Schedule.At(plan.Steps - 1).LearningRate),
        ["batch_size"] = Text(ticket.Configuration.BatchSize),
        ["weight_decay"] = Text(ticket.Configuration.WeightDecay),
        ["dropout"] = Text(ticket.Configuration.Dropout),
        ["device"] = worker.Device,
        ["threads"] = Text(threads),
    };

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private JobReport Report(JobTicket ticket, JobOutcome outcome, ExternalRun? run, DateTimeOffset startedAt, EngineIdentity? identity = null)
    {
        double seconds = (clock.GetUtcNow() - startedAt).TotalSeconds;
        int steps = run?.Metrics.Step ?? 0;
        TrainerSpec trainer = ticket.Spec.Trainer!; // the caller looked
        var info = new RunInfo(
            worker.ToString(),
            device,
            RunInfo.ExternalPrefix + trainer.CommandLine,
            ticket.Seed,
            identity?.DataHash ?? "",
            Parameters: 0,
            startedAt,
            seconds,
            steps,
            run is null ? 0 : (double)steps / run.StepsPerEpoch,
            run is null ? 0 : run.ExamplesPerSecond,
            run?.ResumedFrom ?? 0,
            identity?.Platform,
            TrainImages: trainer.TrainExamples);
        return new JobReport(ticket.Key, ticket.Attempt, ticket.LeaseId, outcome, info, run?.Metrics.Curves() ?? JobCurves.Empty);
    }
}
