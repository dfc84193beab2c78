using System.CommandLine;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Errors;

namespace Sweeper.Client.Commands;

/// <summary>Runs a command's work and turns what goes wrong into one message and an exit code.</summary>
/// <param name="options">Options of every command.</param>
/// <param name="terminal">Makes the terminal; told whether colours were switched off.</param>
/// <param name="interrupt">Ctrl-C.</param>
internal sealed class CommandRunner(GlobalOptions options, Func<bool, Terminal> terminal, Interrupt interrupt)
{
    /// <summary>An action for <see cref="Command.SetAction(Func{ParseResult, CancellationToken, Task{int}})"/>.</summary>
    /// <param name="work">The command's work; its result is the exit code.</param>
    public Func<ParseResult, CancellationToken, Task<int>> Of(Func<CommandCall, CancellationToken, Task<int>> work) =>
        async (parse, stop) =>
        {
            Terminal screen = terminal(parse.GetValue(options.NoColor));
            var call = new CommandCall(parse, options, screen, interrupt, TimeProvider.System);
            try
            {
                return await work(call, stop);
            }
            catch (CliException failure)
            {
                return await EndAsync(screen, failure.Message, failure.ExitCode);
            }
            catch (SweepNotFoundException missing)
            {
                return await EndAsync(screen, missing.Message, ExitCode.BadInput);
            }
            catch (StoreUnavailableException store)
            {
                return await EndAsync(screen, store.Message, ExitCode.Unreachable);
            }
            catch (Connecting.SiloLostException)
            {
                return await EndAsync(screen, $"The silo died. Its log is in {options.Data(parse).Logs}; the same command starts a new one.", ExitCode.Unreachable);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }
            catch (Exception failure) when (failure is OrleansException or TimeoutException)
            {
                return await EndAsync(screen, $"The cluster does not answer: {failure.Message}", ExitCode.Unreachable);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return await EndAsync(screen, FileTrouble.Describe(failure), ExitCode.BadInput);
            }
            finally
            {
                await screen.Out.Profile.Out.Writer.FlushAsync(CancellationToken.None);
                await Task.WhenAll(call.Closing);
            }
        };

    private static async Task<int> EndAsync(Terminal screen, string message, int code)
    {
        await screen.Error.WriteLineAsync($"error: {message}");
        return code;
    }
}
