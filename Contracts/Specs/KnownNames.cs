using System.Collections.Immutable;

namespace Sweeper.Contracts.Specs;

/// <summary>Names that a spec may use. Contracts cannot see the engine, so a test holds these lists equal to its catalogues.</summary>
/// <param name="Models">Names of models.</param>
/// <param name="DataSets">Names of data sets.</param>
public sealed record KnownNames(ImmutableArray<string> Models, ImmutableArray<string> DataSets)
{
    /// <summary>Set made of a folder of images per class; it needs a path.</summary>
    public const string ImageFolder = "image-folder";

    /// <summary>Set made of numpy arrays; it needs a path.</summary>
    public const string Arrays = "arrays";

    /// <summary>Set made of a table; it needs a path and a target.</summary>
    public const string Table = "table";

    /// <summary>Model and data of a trainer of the user's own; no file says it.</summary>
    public const string External = "external";

    /// <summary>Sets that the program carries or generates; they have no path.</summary>
    public static ImmutableArray<string> WithoutPath { get; } = ["fashion-mnist-10k", "synthetic"];

    /// <summary>Sets made of a user's own files; they have no place unless a path says it.</summary>
    public static ImmutableArray<string> OwnFiles { get; } = [ImageFolder, Arrays, Table];

    /// <summary>Models that take the rows of a table; the others that are built in take images.</summary>
    public static ImmutableArray<string> ForTables { get; } = ["mlp"];

    /// <summary>The names that the engine of this version knows.</summary>
    public static KnownNames BuiltIn { get; } = new(
        [
            "mlp", "lenet", "small-cnn", "resnet9", "resnet20", "resnet56", "resnet110",
            "resnet20-smith", "resnet56-smith", "resnet110-smith", "wrn32x4",
        ],
        [
            "fashion-mnist-10k", "fashion-mnist", "mnist", "kmnist",
            "emnist-digits", "emnist-letters", "emnist-balanced", "emnist-bymerge", "emnist-byclass", "emnist-mnist",
            "cifar10", "cifar100", ImageFolder, Arrays, Table, "synthetic",
        ]);
}
