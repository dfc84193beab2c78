using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Running;
using Sweeper.Training.Saving;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Saving;

/// <summary>A trained network on disk, and what becomes of it there.</summary>
public sealed class ModelFileTests : IDisposable
{
    private readonly ImageData _data = EngineFixtures.Tiny();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sweeper-model-");

    private string Model => Path.Combine(_folder.FullName, "model.safetensors");

    public void Dispose()
    {
        _data.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Run_SavedModel_HoldsTheWeightsWhoseHashTheResultHas()
    {
        TrainingResult alone = Run(EngineFixtures.Job());

        TrainingResult result = Run(EngineFixtures.Job() with { SavedModel = Model });

        byte[] bytes = File.ReadAllBytes(Model);
        int start = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(alone.FinalWeightsHash, result.FinalWeightsHash);
        Assert.Equal(result.FinalWeightsHash, Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(start))));
        Assert.Equal([Model], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void Predict_SavedModel_GivesTheAccuracyThatTheRunMeasured()
    {
        TrainingResult result = Run(EngineFixtures.Job() with { SavedModel = Model });

        using SavedModel model = SavedModel.Load(Model);
        float[][] probabilities = model.Predict(_data.TestImages.bytes.ToArray());

        long[] labels = _data.TestLabels.data<long>().ToArray();
        int right = probabilities.Zip(labels).Count(pair => Array.IndexOf(pair.First, pair.First.Max()) == pair.Second);
        Assert.Equal(result.Test!.Value.Accuracy, (double)right / labels.Length, 9);
        Assert.All(probabilities, image => Assert.Equal(1, image.Sum(), 5));
        Assert.Equal(["a", "b", "c"], model.Info.Classes);
        Assert.Equal(_data.ContentHash, model.Info.DataHash);
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("lenet")]
    [InlineData("small-cnn")]
    [InlineData("resnet20-smith")]
    public void Load_EveryKindOfLayer_GivesTheSameOutputsOnTheSameImages(string name)
    {
        using ImageData data = EngineFixtures.Synthetic();
        ModelOptions options = new() { Name = name, Dropout = 0.3 };
        using Generator generator = new(7);
        using ImageModel trained = ModelCatalog.Create(options, data.Shape, data.Classes.Count, generator, generator, CPU);
        using DisposeScope scope = NewDisposeScope();
        Tensor images = rand(5, 1, 28, 28);
        using (no_grad())
        {
            trained.forward(images); // moves the running statistics of batch norm off their first values
        }

        trained.eval();
        ModelFile.Write(Model, trained, SavedModelInfo.Of(options, data));

        using SavedModel loaded = SavedModel.Load(Model);
        using IDisposable noGradient = no_grad();
        float[] expected = trained.forward(images).data<float>().ToArray();
        Assert.Equal(expected, loaded.Network.forward(images).data<float>().ToArray(), (one, other) => Math.Abs(one - other) <= 1e-5);
        Assert.False(loaded.Network.training);
    }

    [Fact]
    public void Load_FileThatIsOfAnotherNetwork_IsRefusedWithTheTensor()
    {
        Run(EngineFixtures.Job() with { SavedModel = Model });
        SafetensorsFile whole = SafetensorsFile.Read(File.ReadAllBytes(Model));

        Refused("has a tensor", whole with { Tensors = whole.Tensors.RemoveAt(0) });
        Refused("has no tensor strange", whole with { Tensors = [.. whole.Tensors, new SafetensorsEntry("strange", [1], new byte[4])] });
        Refused("of shape", whole with { Tensors = whole.Tensors.SetItem(0, whole.Tensors[0] with { Shape = [whole.Tensors[0].Data.Length / 4] }) });
        Refused("no text 'sweeper'", whole with { Metadata = ImmutableSortedDictionary<string, string>.Empty });
        Refused("no model is called", With(whole, "small-cnn", "tiny-cnn"));
        Refused("cannot be read", With(whole, "\"classes\":", "\"klasses\":"));
        Refused("one number for each of its 1 channels", With(whole, "\"mean\":[", "\"mean\":[0.5,"));
    }

    [Fact]
    public void Predict_BytesThatAreNoWholeImages_AreRefused()
    {
        Run(EngineFixtures.Job() with { SavedModel = Model });
        using SavedModel model = SavedModel.Load(Model);

        Assert.Throws<ArgumentException>(() => model.Predict(new byte[65]));
        Assert.Throws<ArgumentException>(() => model.Predict([]));
    }

    private static SafetensorsFile With(SafetensorsFile file, string text, string other) =>
        file with { Metadata = file.Metadata.SetItem(ModelFile.InfoKey, file.Metadata[ModelFile.InfoKey].Replace(text, other, StringComparison.Ordinal)) };

    private static void Refused(string complaint, SafetensorsFile file)
    {
        using MemoryStream stream = new();
        file.Write(stream);
        Assert.Contains(complaint, Assert.Throws<InvalidDataException>(() => SavedModel.Load(stream.ToArray().AsMemory())).Message, StringComparison.Ordinal);
    }

    private TrainingResult Run(TrainingJob job) => new Trainer(TimeProvider.System).Run(job, _data, null, CancellationToken.None);
}
