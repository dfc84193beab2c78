using System.CommandLine;

namespace Sweeper.Client.Commands;

/// <summary><c>completion</c>: scripts that let a shell complete commands and options.</summary>
internal static class CompletionCommand
{
    // Each script hands the line and the cursor's place to the parser's own [suggest] directive.
    private const string Bash =
        """
        _sweeper() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _sweeper sweeper
        """;

    private const string Zsh =
        """
        #compdef sweeper
        _sweeper() {
            local -a found
            found=("${(@f)$(sweeper "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            compadd -a found || _files
        }
        compdef _sweeper sweeper
        """;

    private const string Fish =
        """
        complete -c sweeper -a '(sweeper "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'
        """;

    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> shell = new("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new DocumentedCommand(
            "completion",
            "Print the script that lets a shell complete commands and options.",
            new Example("completion bash > ~/.local/share/bash-completion/completions/sweeper"),
            new Example("completion zsh > ~/.zfunc/_sweeper"),
            new Example("completion fish > ~/.config/fish/completions/sweeper.fish"))
        {
            shell,
        };
        command.SetAction(runner.Of(async (call, _) =>
        {
            string script = call.Parse.GetRequiredValue(shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                _ => Fish,
            };
            await call.Terminal.Out.Profile.Out.Writer.WriteLineAsync(script);
            return ExitCode.Ok;
        }));
        return command;
    }
}
