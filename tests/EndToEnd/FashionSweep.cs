using System.IO.Compression;
using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>A sweep of seconds on the embedded images that has run, and its winner's model, saved once.</summary>
public sealed class FashionSweep : IAsyncLifetime
{
    private const string Spec = """
        name: fashion
        seed: 3
        data: {set: fashion-mnist-10k, train_size: 600}
        model: mlp
        training: {epochs: 2}
        search:
          seeds: 2
          space: {max_lr: [0.02, 0.05], batch_size: 20, weight_decay: 0, dropout: 0.1}
        """;

    internal Sandbox Sandbox { get; } = new();

    /// <summary>Folder of the model.</summary>
    public string Model => Path.Combine(Sandbox.Root, "winner");

    /// <summary>What <c>best --save</c> said.</summary>
    public JsonElement Saved { get; private set; }

    /// <summary>The test images as they lie in the repository.</summary>
    public static string TestImages => Embedded("t10k-images-idx3-ubyte.gz");

    /// <summary>Their labels.</summary>
    public static byte[] TestLabels() => Unpacked(Embedded("t10k-labels-idx1-ubyte.gz"))[8..];

    /// <summary>The first of them.</summary>
    public static byte[] TestImage(int index) => Unpacked(TestImages).AsSpan(16 + (index * 784), 784).ToArray();

    public async ValueTask InitializeAsync()
    {
        await Sandbox.OutputAsync("run", Sandbox.Write("fashion.yaml", Spec), "--keep", "--threads", "1");
        Saved = await Sandbox.JsonAsync("best", "fashion", "--save", Model);
    }

    public ValueTask DisposeAsync() => Sandbox.DisposeAsync();

    private static byte[] Unpacked(string path)
    {
        using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        packed.CopyTo(whole);
        return whole.ToArray();
    }

    private static string Embedded(string name) => Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "Grains", "Training", "Data", "Embedded", name));
}
