using System.Runtime.InteropServices;
using Sweeper.Training.Data;
using Sweeper.Training.Data.Formats.Tables;
using Sweeper.Training.Data.Sets.Tables;
using Sweeper.Training.Models;
using Sweeper.Training.OwnModels;
using Sweeper.Training.OwnModels.Scripts;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Saving;

/// <summary>A network that <c>sweeper best --save</c> wrote, ready to be used, on the CPU. For one thread at a time.</summary>
public sealed class SavedModel : IDisposable
{
    private const int ImagesAtOnce = 256;

    private readonly Generator _generator = new();
    private readonly PixelNormaliser _normaliser;

    private SavedModel(SafetensorsFile file, ModelRegistry? models, byte[]? script)
    {
        Info = ModelFile.InfoOf(file);
        using DisposeScope scope = NewDisposeScope();
        Network = ModelCatalog.Create(WithOwn(Info, models, script), Info.Input, Info.Task, _generator, _generator, CPU);
        _normaliser = new PixelNormaliser(new ChannelStatistics(Info.Mean, Info.StandardDeviation), CPU);
        try
        {
            ModelFile.Restore(file, Network);
        }
        catch
        {
            Dispose();
            throw;
        }

        Network.eval();
    }

    /// <summary>What the weights are of.</summary>
    public SavedModelInfo Info { get; }

    /// <summary>The network, in evaluation mode; takes normalised images.</summary>
    public ImageModel Network { get; }

    /// <summary>Reads <c>model.safetensors</c>, and where the network was a TorchScript file the <c>model.pt</c> beside it.</summary>
    /// <param name="path">File.</param>
    /// <exception cref="InvalidDataException">It is not what <c>sweeper best --save</c> wrote.</exception>
    public static SavedModel Load(string path) => Load(
        File.ReadAllBytes(path).AsMemory(), null, File.Exists(ScriptModelFile.Beside(path)) ? File.ReadAllBytes(ScriptModelFile.Beside(path)) : null);

    /// <summary>Reads the content of <c>model.safetensors</c>.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="models">Models of users' own, one of which it may be of; null: none.</param>
    /// <param name="script">Content of the <c>model.pt</c> that was saved with it, where the network was a TorchScript file; null: the file that it was trained from is looked for.</param>
    /// <exception cref="InvalidDataException">It is not what <c>sweeper best --save</c> wrote.</exception>
    public static SavedModel Load(ReadOnlyMemory<byte> content, ModelRegistry? models = null, byte[]? script = null) => new(SafetensorsFile.Read(content), models, script);

    /// <summary>Probability of each class, image by image.</summary>
    /// <param name="pixels">8-bit images one after another, each channel by channel, row by row.</param>
    /// <exception cref="ArgumentException">The bytes are not whole images of the network's size.</exception>
    public float[][] Predict(ReadOnlySpan<byte> pixels)
    {
        int size = Info.Input.Values;
        if (pixels.IsEmpty || pixels.Length % size != 0)
        {
            throw new ArgumentException($"{pixels.Length} bytes are not whole images of {Info.Input}, {size} bytes each", nameof(pixels));
        }

        List<float[]> all = [];
        for (int start = 0; start < pixels.Length; start += ImagesAtOnce * size)
        {
            all.AddRange(Batch(pixels.Slice(start, Math.Min(ImagesAtOnce * size, pixels.Length - start))));
        }

        return [.. all];
    }

    /// <summary>Of each row of a table the probability of each class, or the one number that is predicted, in the target's units.</summary>
    /// <param name="path">CSV or Parquet file with the columns of the training rows; others, and the target, are passed over.</param>
    /// <exception cref="DataSetException">The file is neither, damaged, or lacks a column; says where.</exception>
    /// <exception cref="InvalidOperationException">The network is not one of a table.</exception>
    public float[][] PredictTable(string path) => PredictTable(TableFile.Read(path, new ReadContext(Info.DataSet, null, CancellationToken.None)));

    /// <summary>Of each row of a table the probability of each class, or the one number that is predicted.</summary>
    internal float[][] PredictTable(TableFile table)
    {
        TableEncoding encoding = (Info.Table ?? throw new InvalidOperationException(
            Info.Input.IsRow ? "how a row becomes features was not saved with this network: save it again" : $"the network takes images, {Info.Input}")).ToEncoding();
        List<float[]> all = [];
        foreach (int[] rows in Enumerable.Range(0, table.Count).Chunk(ImagesAtOnce))
        {
            all.AddRange(Batch(encoding.Encode(table, rows), encoding.Target));
        }

        return [.. all];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Network.Dispose();
        _normaliser.Dispose();
        _generator.Dispose();
    }

    private static ModelOptions WithOwn(SavedModelInfo info, ModelRegistry? models, byte[]? script)
    {
        if (info.Own is not { } own)
        {
            return info.Model;
        }

        try
        {
            ModelRegistry known = models ?? new ModelRegistry();
            OwnModelSource source = own.IsScript is true && script is not null ? Saved(info.Model.Name, script)
                : own.IsScript is true
                ? known.FindScript(new ScriptFile(own.Plugin, KeepsWeights: true), info.Model.Name, own.Sha256)
                : known.Find(own.Plugin, info.Model.Name, own.Sha256);
            return info.Model with { Own = new OwnModel(source, own.Settings) };
        }
        catch (OwnModelException error)
        {
            throw new InvalidDataException($"its network is a model of {(own.IsScript is true ? "a TorchScript file" : "a plug-in")}: {error.Message}", error);
        }
    }

    private static OwnModelSource Saved(string name, byte[] script)
    {
        var archive = ScriptArchive.Of("model.pt", script);
        return new OwnModelSource(name, archive.Path, archive.Sha256, () => new ScriptBuilder(archive, keepsWeights: true), new ScriptFile(archive.Path, KeepsWeights: true));
    }

    private float[][] Batch(float[] features, TargetScale? target)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        int width = Info.Input.Width;
        Tensor answers = Network.forward(tensor(features, [features.Length / width, 1, 1, width]));
        if (target is null)
        {
            return [.. Values(nn.functional.softmax(answers, 1)).Chunk(Info.Classes.Length)];
        }

        return Array.ConvertAll(Values(answers), answer => new[] { (float)target.FromNetwork(answer) });
    }

    private static float[] Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.contiguous().bytes).ToArray();

    private IEnumerable<float[]> Batch(ReadOnlySpan<byte> pixels)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor images = empty([pixels.Length / Info.Input.Values, Info.Input.Channels, Info.Input.Height, Info.Input.Width], ScalarType.Byte, CPU);
        pixels.CopyTo(images.bytes);
        return Values(nn.functional.softmax(Network.forward(_normaliser.Apply(images)), 1)).Chunk(Info.Classes.Length);
    }
}
