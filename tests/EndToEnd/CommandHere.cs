using Sweeper.Client.Commands;
using Sweeper.Client.Rendering;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>
/// A command that runs in the process of the tests, through the console's command line as a whole. A process of its own, as
/// <see cref="SweeperProcess"/> is, costs a second and a half of processor time, and hundreds of commands are run.
/// </summary>
internal static class CommandHere
{
    /// <summary>What needs a process: these read the working directory, the environment or the standard streams, or listen to the whole process.</summary>
    private static readonly string[] OfProcesses = ["-", "--otlp", "completion", "export"];

    /// <summary>Whether a command can do without one.</summary>
    public static bool Can(string[] arguments) => !arguments.Intersect(OfProcesses).Any();

    /// <summary>Runs a command to its end.</summary>
    public static async Task<Ended> RunAsync(string[] arguments, TimeSpan limit)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var terminal = Terminal.Piped(TextWriter.Synchronized(output), TextWriter.Synchronized(error));
        Task<int> command = Task.Run(() => SweeperCli.RunAsync(arguments, _ => terminal), TestContext.Current.CancellationToken);
        try
        {
            return new Ended(await command.WaitAsync(limit, TestContext.Current.CancellationToken), output.ToString(), error.ToString());
        }
        catch (TimeoutException)
        {
            Assert.Fail($"It did not end within {limit}. Output:\n{output}\nErrors:\n{error}");
            throw;
        }
    }
}
