namespace Sweeper.Training.Data;

/// <summary>Which images to load. Equal options on equal files give equal arrays.</summary>
public sealed record DataOptions
{
    /// <summary>Name in <see cref="DataCatalog.Names"/>, such as <c>fashion-mnist-10k</c>.</summary>
    public required string Set { get; init; }

    /// <summary>Folder or archive that holds the set; null: the places of <see cref="DataLocations"/>, then a download.</summary>
    public string? Path { get; init; }

    /// <summary>
    /// Training images to keep, in the proportions of the classes; null: all. Smaller sizes are subsets of larger ones
    /// at the same <see cref="Seed"/>. The test images are never cut.
    /// </summary>
    public int? TrainSize { get; init; }

    /// <summary>Height and width in pixels that the images of a folder are resized to; null: the set's own. Other sets refuse it.</summary>
    public int? ImageSize { get; init; }

    /// <summary>Whether files of a folder that are no readable image are left out; otherwise they are an error. Other sets refuse it.</summary>
    public bool SkipDamaged { get; init; }

    /// <summary>
    /// Whether the images of a folder are decoded once, kept on disk and read from there as they are needed, for a set that does not fit into
    /// memory. Their order is another one. Other sets refuse it.
    /// </summary>
    public bool Streaming { get; init; }

    /// <summary>Bytes of a shard of a streamed set; tests take small ones.</summary>
    internal int ShardBytes { get; init; } = Shards.ShardLayout.ShardBytes;

    /// <summary>Column of a table that holds the classes, or the numbers to predict; other sets refuse it.</summary>
    public string? Target { get; init; }

    /// <summary>Whether the target holds numbers to predict; other sets than a table refuse it.</summary>
    public bool Regression { get; init; }

    /// <summary>File of a table's test rows; null: a fifth of the rows is set aside. Other sets refuse it.</summary>
    public string? TestPath { get; init; }

    /// <summary>How pixels, or a table's numbers, become what a network sees.</summary>
    public PixelScaling Scaling { get; init; }

    /// <summary>Chooses the subset of <see cref="TrainSize"/> and splits a folder that has no test images.</summary>
    public long Seed { get; init; }
}
