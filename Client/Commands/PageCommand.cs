using System.CommandLine;
using Sweeper.Client.Connecting;
using Sweeper.Client.Following;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary><c>page</c>: the live page in a browser.</summary>
internal static class PageCommand
{
    private const int DeathsInARow = 3;

    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string?> name = new("NAME") { Description = "Sweep that is shown first; one that was interrupted goes on.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> noOpen = new("--no-open") { Description = "Print the address and open no browser." };
        Option<bool> keep = CommonArguments.Keep();
        PageSettings settings = new();
        var command = new DocumentedCommand(
            "page",
            "Serve the live page until Ctrl-C and print an address that signs one browser in, once.",
            new Example("page quickstart"),
            new Example("page --no-open --page-port 8421 --page-hosts sweeper.example.org --keep", "behind a proxy"))
        {
            name, noOpen, keep,
        };
        settings.AddTo(command);
        command.SetAction(runner.Of((call, stop) => ServeAsync(
            call, call.Parse.GetValue(name), settings.Given(call.Parse), call.Parse.GetValue(keep), !call.Parse.GetValue(noOpen), stop)));
        return command;
    }

    private static async Task<int> ServeAsync(CommandCall call, string? sweep, IReadOnlyList<string> settings, bool keep, bool browser, CancellationToken stop)
    {
        ConnectionOptions options = call.Options.Connection(call.Parse, keep);
        if (options.Cluster is not null)
        {
            throw new CliException(
                ExitCode.BadInput, "The page of a cluster is served by its silos, at the port that they were given with --page-port; the key is page.key in a silo's data folder.");
        }

        options = options with { Silo = options.Silo with { PassThrough = [.. options.Silo.PassThrough, .. settings] } };
        var budget = new RestartBudget(DeathsInARow);
        int ended = 0;
        using var window = new BrowserWindow(call, browser);
        while (true)
        {
            try
            {
                await using ClusterConnection connection = await ClusterConnection.OpenAsync(options, call.Notice, call.Clock, stop);
                ended = (await connection.FetchAsync(client => client.GetGrain<IResultsGrain>(0).ListAsync(), stop)).Sum(each => each.Ended);
                return await ServeOverAsync(call, connection, sweep, window, stop);
            }
            catch (SiloLostException) when (budget.Allows(ended))
            {
                call.Notice($"The silo died; its log is in {call.Data.Logs}. Starting a new one; what has finished is kept, and open pages go on.");
            }
        }
    }

    private static async Task<int> ServeOverAsync(CommandCall call, ClusterConnection connection, string? sweep, BrowserWindow window, CancellationToken stop)
    {
        EmbeddedSilo silo = connection.Silo!; // no cluster was named
        if (sweep is not null)
        {
            SweepView view = await CommandCall.AboutAsync(connection, sweep, client => client.GetGrain<ISweepGrain>(sweep).GetAsync(), stop);
            if (view.Status == SweepStatus.Running)
            {
                await connection.RepeatAsync(client => client.GetGrain<ISweepGrain>(sweep).ResumeAsync(), stop);
            }
        }

        Uri address = await PageDoor.OpenAsync(silo.Description, call.Data, sweep, stop);
        await window.ShowAsync(address, stop);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, connection.Lost);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, call.Clock, either.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            call.Notice(connection.EndsWithConsole ? "Stopping: running jobs save a checkpoint." : $"The page goes on with the silo (pid {silo.Description.Pid}).");
            if (connection.EndsWithConsole)
            {
                await connection.EndAsync(TimeSpan.FromSeconds(30));
            }

            return ExitCode.Ok;
        }
        catch (OperationCanceledException lost)
        {
            throw new SiloLostException(lost);
        }

        throw new System.Diagnostics.UnreachableException();
    }
}
