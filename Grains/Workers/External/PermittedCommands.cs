using System.Collections.Immutable;
using Sweeper.Contracts.Specs;
using Sweeper.Training.Data;

namespace Sweeper.Grains.Workers.External;

/// <summary>
/// Which commands of specs a worker runs. Whoever submits to a cluster is not the user that its silos run as: a command is code that
/// runs as that user.
/// </summary>
/// <param name="Any">Whether every command is run.</param>
/// <param name="Listed">Absolute paths of programs, and of folders of programs, that are run; empty with <paramref name="Any"/>.</param>
public sealed record PermittedCommands(bool Any, ImmutableArray<string> Listed)
{
    /// <summary>No command is run.</summary>
    public static PermittedCommands None { get; } = new(false, []);

    /// <summary>Every command is run.</summary>
    public static PermittedCommands All { get; } = new(true, []);

    private const string AnyWord = "any", NoneWord = "none";

    /// <summary>Reads what an operator permits: <c>none</c>, <c>any</c>, or absolute paths with colons between them.</summary>
    /// <param name="text">What is written.</param>
    /// <returns>Null where it says none of these.</returns>
    public static PermittedCommands? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] paths = text.Split(':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return text.Trim() switch
        {
            "" or NoneWord => None,
            AnyWord => All,
            _ => paths.Length > 0 && paths.All(Path.IsPathFullyQualified) ? new PermittedCommands(false, [.. paths]) : null,
        };
    }

    /// <summary>Every reason why a trainer is not run here; empty: it is permitted.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="program">Path of its program; null where it was not found.</param>
    internal IEnumerable<SpecProblem> Check(TrainerSpec trainer, string? program)
    {
        if (Any)
        {
            yield break;
        }

        if (Listed.IsEmpty)
        {
            yield return new SpecProblem("trainer.command", trainer.CommandLine, "this worker runs no commands of specs; its operator permits them with --commands");
            yield break;
        }

        if (program is not null && !Permits(program))
        {
            yield return new SpecProblem("trainer.command", trainer.CommandLine, $"this worker runs {string.Join(", ", Listed)} only, links followed to their ends; its operator permits others with --commands");
        }

        if (trainer.Workdir is { } folder && !Permits(folder))
        {
            yield return new SpecProblem("trainer.workdir", folder, $"must lie below {string.Join(", ", Listed)} on this worker");
        }

        if (!trainer.Environment.IsEmpty)
        {
            yield return new SpecProblem("trainer.env", null, "is not taken by a worker that runs listed commands only: variables can make a program run others; give values as arguments");
        }
    }

    private bool Permits(string path) => new PermittedFolders(Listed).ComplaintOf(path) is null;
}
