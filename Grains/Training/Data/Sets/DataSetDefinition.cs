using Sweeper.Training.Data.Downloads;
using Sweeper.Training.Models;

namespace Sweeper.Training.Data.Sets;

/// <summary>One entry of the catalogue.</summary>
internal sealed record DataSetDefinition
{
    /// <summary>Name in specs.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in one line.</summary>
    public required string Summary { get; init; }

    /// <summary>Whose it is and on what terms.</summary>
    public required string Terms { get; init; }

    /// <summary>Shape of the images; null: it depends on the files.</summary>
    public ImageShape? Shape { get; init; }

    /// <summary>Number of classes; null: it depends on the files.</summary>
    public int? Classes { get; init; }

    /// <summary>Training images of the official set; null: it depends on the files.</summary>
    public int? TrainCount { get; init; }

    /// <summary>Test images of the official set; null: it depends on the files.</summary>
    public int? TestCount { get; init; }

    /// <summary>Folders below a data directory where it may lie; downloads go to the first. Empty: it is never looked for there.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>Where it is published; null: it is not downloaded.</summary>
    public DownloadSource? Source { get; init; }

    /// <summary>Files whose checksums are known, official and otherwise, beside those of <see cref="Source"/>.</summary>
    public IReadOnlyList<KnownFile> Copies { get; init; } = [];

    /// <summary>Reads it from disk; null: it is built in.</summary>
    public DataSetReader? Reader { get; init; }

    /// <summary>The set itself where it is built in; null: it is read from disk.</summary>
    public FoundSet? BuiltIn { get; init; }

    /// <summary>Whether only the spec's path can say where it is.</summary>
    public bool NeedsPath { get; init; }
}
