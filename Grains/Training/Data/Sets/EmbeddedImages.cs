using Sweeper.Training.Data.Formats;

namespace Sweeper.Training.Data.Sets;

/// <summary>The subset of Fashion-MNIST inside this assembly; <c>Embedded/README.md</c> says how it was made.</summary>
internal static class EmbeddedImages
{
    private const string Prefix = "Sweeper.Training.Data.Embedded.";

    /// <summary>The set.</summary>
    public static FoundSet Found { get; } = new("embedded", [], context => KnownSets.FashionIdx.Read(
        "embedded",
        context,
        Resource("train-images-idx3-ubyte.gz"),
        Resource("train-labels-idx1-ubyte.gz"),
        Resource("t10k-images-idx3-ubyte.gz"),
        Resource("t10k-labels-idx1-ubyte.gz")));

    private static DataFile Resource(string name) => new(
        name,
        () => typeof(EmbeddedImages).Assembly.GetManifestResourceStream(Prefix + name)
            ?? throw new FileNotFoundException($"the assembly lacks the resource {name}"),
        "The installation is damaged: install Sweeper again.");
}
