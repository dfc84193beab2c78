using System.CommandLine;

namespace Sweeper.Client.Commands;

/// <summary>How the page of a silo that is started is served; the silo itself says what is wrong with a value.</summary>
internal sealed class PageSettings
{
    private readonly Option[] _options =
    [
        OptionParsing.Positive("--page-port", "Port of the page. Default: the one that it had the last time, else any free one."),
        Text("--page-prefix", "PATH", "Path that the page lies below, also behind a proxy. Default: /sweeper."),
        Text("--page-hosts", "NAMES", "Names by which a proxy asks for the page, with commas; localhost and addresses are always known."),
        Text("--page-open", "ADDRESS", "Address to listen on, such as 0.0.0.0. Default: loopback only."),
        OptionParsing.Positive("--page-rate", "Requests a second that an address may make, ten times as many at once. Default: 100."),
        Text("--trace-link", "URL", "Where a trace can be seen, with {trace} in place of its identity, such as http://localhost:16686/trace/{trace}."),
        new Option<bool>("--orleans-dashboard") { Description = "Serve Orleans' own dashboard beside the page, for operators." },
    ];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in _options)
        {
            command.Add(option);
        }
    }

    /// <summary>What was given, as arguments of the silo.</summary>
    public IReadOnlyList<string> Given(ParseResult parse) =>
    [
        .. _options.Where(option => parse.GetResult(option) is { Implicit: false })
            .SelectMany(option => new[] { option.Name, option is Option<bool> ? "true" : parse.GetResult(option)!.Tokens[^1].Value }), // given
    ];

    private static Option<string> Text(string name, string help, string description) => new(name) { HelpName = help, Description = description };
}
