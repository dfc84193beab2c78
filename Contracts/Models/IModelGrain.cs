using System.Collections.Immutable;
using Sweeper.Contracts.Specs;

namespace Sweeper.Contracts.Models;

/// <summary>Runs saved networks; any silo will do, and it keeps nothing of them.</summary>
[Alias("Sweeper.IModelGrain")]
public interface IModelGrain : IGrainWithIntegerKey
{
    /// <summary>What a network sees in image files, or predicts of the rows of tables.</summary>
    /// <param name="model">Content of a <c>model.safetensors</c>.</param>
    /// <param name="files">Files; a silo reads their bytes, never their names.</param>
    /// <param name="script">Content of the <c>model.pt</c> beside it, where the network was a TorchScript file; null: none. Not used where the silo permits some files only.</param>
    [Alias("Predict"), ResponseTimeout("00:10:00")]
    Task<ModelAnswer> PredictAsync(byte[] model, ImmutableArray<ImageFile> files, byte[]? script = null);

    /// <summary>Has a worker try a spec's model, which is of a user's own; nothing is stored.</summary>
    /// <param name="spec">A spec whose model is of a plug-in.</param>
    [Alias("Try"), ResponseTimeout("00:30:00")]
    Task<ModelTrial> TryAsync(SweepSpec spec);
}

/// <summary>A file of one image (PNG, JPEG) or of several (IDX, gzip or not), or a table (CSV, Parquet).</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Bytes">Its content.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.ImageFile")]
public sealed record ImageFile(string Name, byte[] Bytes);

/// <summary>What a network made of files.</summary>
/// <param name="Error">Why the network cannot be used; null: it can.</param>
/// <param name="Model">Name of the network; empty where it cannot be used.</param>
/// <param name="Classes">Names of its classes, in the order of the probabilities.</param>
/// <param name="Files">An answer for each file, in their order; empty where the network cannot be used.</param>
/// <param name="Target">Column of a table that it predicts; null: it takes images.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.ModelAnswer")]
public sealed record ModelAnswer(string? Error, string Model, ImmutableArray<string> Classes, ImmutableArray<FileAnswer> Files, string? Target = null);

/// <summary>What a network made of one file.</summary>
/// <param name="Error">Why the file cannot be used; null: it can.</param>
/// <param name="Probabilities">Probability of each class, for each image or row of the file; of a number to predict that number alone.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.FileAnswer")]
public sealed record FileAnswer(string? Error, float[][] Probabilities);
