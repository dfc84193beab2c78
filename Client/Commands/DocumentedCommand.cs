using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Sweeper.Client.Commands;

/// <summary>A command whose help ends with examples.</summary>
/// <param name="name">Verb.</param>
/// <param name="description">What it does.</param>
/// <param name="examples">Command lines with what they do.</param>
internal sealed class DocumentedCommand(string name, string description, params ImmutableArray<Example> examples)
    : Command(name, description)
{
    /// <summary>Command lines with what they do.</summary>
    public ImmutableArray<Example> Examples { get; } = examples;
}

/// <summary>A command line and what it does.</summary>
/// <param name="Line">As typed, without the program's name.</param>
/// <param name="Does">What it does; empty where that is plain.</param>
internal sealed record Example(string Line, string Does = "");

/// <summary>Help, then the command's examples.</summary>
/// <param name="usual">Help as the library writes it.</param>
internal sealed class ExamplesHelpAction(HelpAction usual) : SynchronousCommandLineAction
{
    private static readonly ImmutableArray<Example> OfRoot =
    [
        new("run examples/quickstart.yaml", "range tests, trials, leaderboard, pictures"),
        new("show quickstart", "the same results again"),
        new("init my-sweep.yaml", "a commented spec to start from"),
    ];

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = usual.Invoke(parseResult);
        ImmutableArray<Example> examples = parseResult.CommandResult.Command switch
        {
            DocumentedCommand command => command.Examples,
            RootCommand => OfRoot,
            _ => [],
        };
        if (examples.IsEmpty)
        {
            return code;
        }

        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        int width = examples.Max(example => example.Line.Length);
        foreach (Example example in examples)
        {
            output.WriteLine($"  sweeper {example.Line.PadRight(width)}  {example.Does}".TrimEnd());
        }

        output.WriteLine();
        return code;
    }
}
