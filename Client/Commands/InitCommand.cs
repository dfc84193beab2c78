using System.CommandLine;
using System.Text;
using Sweeper.Client.Exporting;
using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Commands;

/// <summary><c>init</c>: a commented spec to start from.</summary>
internal static class InitCommand
{
    private const string DefaultFile = "sweep.yaml";

    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string?> file = new("FILE") { Description = $"File to write. Default: {DefaultFile}.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> force = new("--force") { Description = "Replace an existing file." };
        var command = new DocumentedCommand(
            "init",
            "Write a commented spec with every key to start from. The sweep is named after the file.",
            new Example("init", $"writes {DefaultFile}"),
            new Example("init fashion.yaml && sweeper run fashion.yaml"))
        {
            file, force,
        };
        command.SetAction(runner.Of(async (call, _) =>
        {
            string path = call.Parse.GetValue(file) ?? DefaultFile;
            string target = ExportTarget.Check(path, call.Parse.GetValue(force));
            string name = NameOf(path);
            await AtomicFile.WriteAsync(target, Encoding.UTF8.GetBytes(SpecTemplate.Commented(name)));
            await call.Terminal.Out.Profile.Out.Writer.WriteLineAsync($"Wrote {path}. Run it: {HowToRun.Line(["run", path])}");
            return ExitCode.Ok;
        }));
        return command;
    }

    /// <summary>A sweep's name out of a file's: lower case, letters, digits, dots, dashes; what is none becomes a dash.</summary>
    internal static string NameOf(string path)
    {
        const int LongestName = 60;
        string stem = Path.GetFileNameWithoutExtension(path).ToLowerInvariant();
        string name = string.Concat(stem.Select(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '_' ? letter : '-'));
        name = name[..Math.Min(name.Length, LongestName)].Trim('-', '.', '_');
        return name.Length > 0 ? name : "sweep";
    }
}
