using System.CommandLine;
using System.CommandLine.Help;
using System.Diagnostics;
using Sweeper.Client.Rendering;

namespace Sweeper.Client.Commands;

/// <summary>The command line as a whole: from arguments to an exit code.</summary>
internal static class SweeperCli
{
    /// <summary>Parses and runs.</summary>
    /// <param name="args">Arguments of the process.</param>
    /// <param name="terminal">Makes the terminal; told whether colours were switched off.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Func<bool, Terminal> terminal)
    {
        var options = new GlobalOptions();
        using var interrupt = new Interrupt();
        RootCommand root = Build(options, new CommandRunner(options, terminal, interrupt));
        ParseResult parse = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parse.Errors.Count > 0 && parse.Action is not HelpAction and not ExamplesHelpAction)
        {
            Terminal plain = terminal(parse.GetValue(options.NoColor));
            await plain.Error.WriteLineAsync(UsageErrors.Describe(parse));
            return ExitCode.BadInput;
        }

        // Interrupts are this program's own business: it has a silo to bring home.
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return await parse.InvokeAsync(configuration, interrupt.Requested);
        }
        catch (Exception fault) when (!Debugger.IsAttached)
        {
            // What commands expect to go wrong, CommandRunner has told by now: this is our bug, and whoever mends it wants it whole.
            await terminal(true).Error.WriteLineAsync($"error: sweeper itself is at fault; please report this:{Environment.NewLine}{fault}");
            return ExitCode.Failed;
        }
    }

    /// <summary>The tree of commands.</summary>
    /// <param name="options">Options of every command.</param>
    /// <param name="runner">Runs a command's work.</param>
    public static RootCommand Build(GlobalOptions options, CommandRunner runner)
    {
        var root = new RootCommand(
            """
            Sweeps hyperparameters for super-convergence: LR range tests, then 1cycle trials, on one machine or many.

            Exit codes: 0 done; 1 the sweep failed, was cancelled, or no trial completed; 2 bad input;
            3 cluster or silo unreachable; 130 interrupted by Ctrl-C.
            """);
        foreach (Option option in options.All)
        {
            root.Add(option);
        }

        Command[] commands =
        [
            RunCommand.Create(runner), SubmitCommand.Create(runner), WatchCommand.Create(runner),
            ListCommand.Create(runner), ShowCommand.Create(runner), BestCommand.Create(runner), WhyCommand.Create(runner),
            PauseCommand.Create(runner), ResumeCommand.Create(runner), CancelCommand.Create(runner),
            RetryCommand.Create(runner), SetCommand.Create(runner), ExtendCommand.Create(runner), EnqueueCommand.Create(runner),
            DeleteCommand.Create(runner),
            ExportCommand.Create(runner), PlotCommand.Create(runner), ReportCommand.Create(runner), PageCommand.Create(runner), PredictCommand.Create(runner),
            RangeTestCommand.Create(runner), TrainCommand.Create(runner), VerifyResumeCommand.Create(runner),
            ValidateCommand.Create(runner), PreviewCommand.Create(runner), InitCommand.Create(runner),
            WorkersCommand.Create(runner), QueueCommand.Create(runner), DataCommand.Create(runner),
            TokensCommand.Create(runner), AuditCommand.Create(runner), CompletionCommand.Create(runner),
        ];
        foreach (Command command in commands)
        {
            root.Add(command);
        }

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExamplesHelpAction((HelpAction)help.Action!);
        return root;
    }
}
