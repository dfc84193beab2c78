using System.Collections.Immutable;
using System.CommandLine;
using Spectre.Console;
using Sweeper.Client.Connecting;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Models;
using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Commands;

/// <summary><c>validate</c>: what a spec would do, without doing it.</summary>
internal static class ValidateCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> file = CommonArguments.Spec();
        Option<string[]> set = CommonArguments.Set();
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "validate",
            "Check a spec and print what it would do: cells, range tests, trials, epochs. Needs no silo, but to try a model of your own; what the data hold and a built-in model are checked when it is submitted.",
            new Example("validate sweep.yaml"),
            new Example("validate sweep.yaml -o json | jq .problems"))
        {
            file, set, output,
        };
        command.SetAction(runner.Of((call, stop) =>
            ValidateAsync(call, call.Parse.GetRequiredValue(file), CommonArguments.Chosen(call.Parse, set), call.Parse.GetValue(output), stop)));
        return command;
    }

    private static async Task<int> ValidateAsync(
        CommandCall call, string file, IEnumerable<(string Path, string Value)> settings, OutputFormat output, CancellationToken stop)
    {
        SpecReading reading = SpecFile.Check(file, settings);
        if (reading.Spec is { } read && call.Options.Connection(call.Parse, keep: false).Cluster is null && MissingData(SpecFile.Located(read.Data, file)) is { IsEmpty: false } missing)
        {
            reading = new SpecReading(null, missing); // the silos of a cluster may have what is not here
        }

        ModelTrial? trial = reading.Spec is { HasOwnCode: true } own ? await TryAsync(call, SpecFile.Located(own, file), stop) : null;
        if (trial is { Problems.IsEmpty: false })
        {
            reading = new SpecReading(null, trial.Problems);
        }

        trial = reading.Spec is { Model.IsOwn: true } ? trial : null; // of metrics alone there is no more to tell

        SpecPlan? plan = reading.Spec is null ? null : SpecPlan.Of(reading.Spec);
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(call.Terminal, new { Valid = plan is not null, reading.Problems, Plan = plan, Model = plan is null ? null : trial });
            return plan is null ? ExitCode.BadInput : ExitCode.Ok;
        }

        if (plan is null)
        {
            throw CliException.Of(SpecFile.Name(file), reading.Problems);
        }

        Write(call.Terminal.Out, file, plan);
        if (trial is not null)
        {
            call.Terminal.Out.MarkupLine($"  [grey]model[/] {Markup.Escape(Words(reading.Spec!, trial))}"); // there is a plan
        }

        call.Terminal.Out.MarkupLine($"  [grey]time[/] {Markup.Escape($"sweeper preview {SpecFile.Name(file)} predicts it")}");
        return ExitCode.Ok;
    }

    private static ImmutableArray<SpecProblem> MissingData(DataSpec data) =>
    [
        .. from one in new[] { (Key: "data.path", Value: data.Path), (Key: "data.test_path", Value: data.TestPath) }
           where one.Value is not null && !File.Exists(one.Value) && !Directory.Exists(one.Value)
           select new SpecProblem(one.Key, one.Value, "there is no such file or folder; a relative path counts from the spec's own folder"),
    ];

    /// <summary>Has a silo try the model, in a process of its own.</summary>
    private static async Task<ModelTrial> TryAsync(CommandCall call, SweepSpec spec, CancellationToken stop)
    {
        await using ClusterConnection connection = await call.ConnectAsync(stop);
        return await connection.RepeatAsync(client => client.GetGrain<IModelGrain>(0).TryAsync(spec), stop);
    }

    private static string Words(SweepSpec spec, ModelTrial trial)
    {
        long least = trial.Parameters.DefaultIfEmpty().Min();
        long most = trial.Parameters.DefaultIfEmpty().Max();
        string parameters = least == most ? FormattableString.Invariant($"{most:#,0} parameters") : FormattableString.Invariant($"{least:#,0} to {most:#,0} parameters");
        return FormattableString.Invariant(
            $"{spec.Model.Name} of {(spec.Model.Script is { } script ? script : $"plug-in {spec.Model.Plugin}")} ({trial.Sha256?[..12]}): {parameters}; tried {HumanText.Count(trial.Parameters.Length, "combination")} of settings with a step on 2 samples of {trial.Input} in {trial.Classes} classes, first loss {trial.Loss:0.###}; it declares {(trial.Declared.IsEmpty ? "no hyperparameters" : string.Join(", ", trial.Declared))}");
    }

    /// <summary>Writes what a spec would do.</summary>
    internal static void Write(IAnsiConsole console, string file, SpecPlan plan)
    {
        console.MarkupLine($"[green]valid[/] {Markup.Escape(SpecFile.Name(file))}: [bold]{Markup.Escape(plan.Name)}[/], {Markup.Escape(HumanText.Subject(plan.Model, plan.DataSet))}");
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumn(new TableColumn("") { Padding = new Padding(2, 0, 2, 0) });
        table.AddColumn(new TableColumn("") { Alignment = Justify.Right, Padding = new Padding(0, 0, 2, 0) });
        table.AddColumn(new TableColumn("") { Padding = new Padding(0, 0, 0, 0) });
        Row("cells", plan.Cells, plan.CellsAreUpperBound ? "at most: the strategy decides" : "");
        Row("range tests", plan.RangeTests, plan.RangeTests == 0 ? "the learning rate is given" : plan.RangeTests < plan.Cells ? "the other cells' bounds follow from these" : "one for each cell");
        bool recipe = !plan.Recipe.IsEmpty;
        string decided = plan.RungsDecide ? "about: results decide, and halving that misleads switches itself off" : "at most: results decide";
        string seeds = plan.Seeds > 1 ? $"{HumanText.Count(plan.Seeds, "seed")} of each configuration" : "";
        Row("trials", plan.Trials, recipe ? decided : seeds);
        foreach (RecipeStep step in plan.Recipe)
        {
            Row($"  {step.Name}", step.Trials, FormattableString.Invariant($"of {step.Epochs:0.##} {(step.Epochs == 1 ? "epoch" : "epochs")}"));
        }

        if (plan.TrainingSteps is { } steps)
        {
            Row("steps", steps, plan.RangeTestSteps is { } each ? $"of all trials, and {each} of each range test" : "of all trials");
            if (plan.Epochs > 0)
            {
                Row("epochs", plan.Epochs, "of all range tests");
            }
        }
        else
        {
            Row("epochs", plan.Epochs, recipe ? plan.RungsDecide ? "about" : "at most" : plan.RangeTestSteps is null ? "" : $"and {plan.RangeTestSteps} steps of each range test");
        }

        console.Write(table);
        if (plan.Stopping is { } stopping)
        {
            console.MarkupLine($"  [grey]early stopping[/] {Markup.Escape(stopping)}");
        }

        foreach (string limit in plan.Limits)
        {
            console.MarkupLine($"  [yellow]limit[/] {Markup.Escape(limit)}");
        }

        void Row(string name, double number, string note) => table.AddRow(
            new Markup($"[grey]{name}[/]"), new Text(FormattableString.Invariant($"{number:#,0.##}")), new Markup($"[grey]{Markup.Escape(note)}[/]"));
    }
}
