using Sweeper.Contracts.Specs;

namespace Sweeper.Client;

/// <summary>Ends a command with a message for the user and an exit code; never a stack trace.</summary>
internal sealed class CliException : Exception
{
    /// <summary>Creates it.</summary>
    /// <param name="exitCode">One of <see cref="Client.ExitCode"/>.</param>
    /// <param name="message">What happened, which one, what to do next; may have several lines.</param>
    /// <param name="inner">Cause.</param>
    public CliException(int exitCode, string message, Exception? inner = null)
        : base(message, inner) => ExitCode = exitCode;

    /// <summary>Exit code of the process.</summary>
    public int ExitCode { get; }

    /// <summary>Bad input with everything that is wrong in it.</summary>
    /// <param name="what">What was read, such as the spec's path.</param>
    /// <param name="problems">At least one.</param>
    public static CliException Of(string what, IReadOnlyCollection<SpecProblem> problems)
    {
        string count = problems.Count == 1 ? "1 problem" : $"{problems.Count} problems";
        return new CliException(
            Client.ExitCode.BadInput,
            $"{what}: {count}{string.Concat(problems.Select(problem => $"{Environment.NewLine}  {problem}"))}");
    }
}
