using System.Security.Cryptography;
using System.Text;
using Sweeper.Tests.Unit.Training.Data.Downloads;
using Sweeper.Training.Data;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data;

public sealed class DataCatalogTests
{
    private static readonly DataOptions Embedded = new() { Set = "fashion-mnist-10k" };

    [Fact]
    public void Load_Embedded_IsTheDocumentedBalancedSubset()
    {
        using ImageData data = Load(Embedded, SharedData.Nowhere);

        Assert.Equal((10_000, 2_000), (data.TrainCount, data.TestCount));
        Assert.All(data.TrainTargets.GroupBy(label => label), group => Assert.Equal(1_000, group.Count()));
        Assert.All(data.TestLabels.data<long>().ToArray().GroupBy(label => label), group => Assert.Equal(200, group.Count()));
        // The hash of Embedded/README.md, over the images without the 16 bytes of header.
        byte[] header = [0, 0, 8, 3, 0, 0, 0x27, 0x10, 0, 0, 0, 28, 0, 0, 0, 28];
        Assert.Equal(
            "b7770f3139ed4c1ce4e54a41ed92bad7f88802de2d5c51b133bc942f865c1239",
            Convert.ToHexStringLower(SHA256.HashData([.. header, .. data.TrainImages.bytes])));
        Assert.Equal("embedded", data.Origin);
    }

    [Fact]
    public void Load_FashionMnist_ContainsTheEmbeddedSubsetByItsRule()
    {
        using ImageData whole = Load(new DataOptions { Set = "fashion-mnist" }, SharedData.WithOrSkip("fashion-mnist"));
        using ImageData subset = Load(Embedded, SharedData.Nowhere);

        Assert.Equal((60_000, 10_000), (whole.TrainCount, whole.TestCount));
        int[] kept = [.. Enumerable.Range(0, 60_000)
            .GroupBy(i => whole.TrainTargets[i])
            .SelectMany(group => group
                .OrderBy(i => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"20170828/train/{i}"))), StringComparer.Ordinal)
                .Take(1000))
            .Order()];
        Assert.Equal(kept.Select(i => whole.TrainTargets[i]), subset.TrainTargets);
        byte[] pixels = whole.TrainImages.bytes.ToArray();
        Assert.True(kept.SelectMany(i => pixels.AsSpan(i * 784, 784).ToArray()).SequenceEqual(subset.TrainImages.bytes.ToArray()));
    }

    [Fact]
    public void Load_Mnist_HasItsNumbers()
    {
        using ImageData data = Load(new DataOptions { Set = "mnist" }, SharedData.WithOrSkip("mnist"));

        Assert.Equal((60_000, 10_000), (data.TrainCount, data.TestCount));
        // The values commonly quoted for MNIST.
        Assert.Equal(0.1307, Assert.Single(data.Statistics.Mean), 4);
        Assert.Equal(0.3081, Assert.Single(data.Statistics.StandardDeviation), 4);
    }

    [Fact]
    public void Verify_Mnist_RecognisesTheOfficialFiles()
    {
        DataVerification verified = DataCatalog.Verify(new DataOptions { Set = "mnist" }, SharedData.WithOrSkip("mnist"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Null(verified.Problem);
        Assert.Equal(4, verified.Files.Count);
        Assert.All(verified.Files, file => Assert.Equal(FileRecognition.Official, file.Recognition));
        Assert.Equal(60_000, verified.Content?.TrainCount);
    }

    [Fact]
    public void Load_SeveralPlaces_TakesTheFirst()
    {
        using TempFolder first = new();
        using TempFolder second = new();
        using TempFolder path = new();
        IdxFiles.WriteSet(first, "MNIST/raw");
        IdxFiles.WriteSet(second, "mnist");
        IdxFiles.WriteSet(path);
        DataLocations locations = SharedData.Nowhere with { Roots = [first.Path, second.Path] };

        using ImageData found = Load(new DataOptions { Set = "mnist" }, locations);
        using ImageData swapped = Load(new DataOptions { Set = "mnist" }, locations with { Roots = [second.Path, first.Path] });
        using ImageData named = Load(new DataOptions { Set = "mnist", Path = path.Path }, locations);

        Assert.Equal(Path.Combine(first.Path, "MNIST/raw"), found.Origin);
        Assert.Equal(Path.Combine(second.Path, "mnist"), swapped.Origin);
        Assert.Equal(path.Path, named.Origin);
    }

    [Fact]
    public void Load_FashionMnist_IsFoundInTheSystemsFolder()
    {
        using TempFolder system = new();
        IdxFiles.WriteSet(system);

        using ImageData data = Load(new DataOptions { Set = "fashion-mnist" }, SharedData.Nowhere with { FashionMnistFolder = system.Path });

        Assert.Equal(system.Path, data.Origin);
    }

    [Fact]
    public void Load_NotFoundAndOffline_SaysWhatToPutWhere()
    {
        using TempFolder root = new();
        DataLocations locations = SharedData.Nowhere with { DownloadRoot = root.Path };

        string message = Assert.Throws<DataSetException>(() => Load(new DataOptions { Set = "fashion-mnist" }, locations)).Message;

        Assert.Contains("downloads are off", message, StringComparison.Ordinal);
        Assert.Contains("put train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz", message, StringComparison.Ordinal);
        Assert.Contains($"into {Path.Combine(root.Path, "fashion-mnist")}", message, StringComparison.Ordinal);
        Assert.Contains("apt-get install dataset-fashion-mnist", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("emnist-letters", "cannot be downloaded")]
    [InlineData("image-folder", "needs a path")]
    [InlineData("cifar-10", "did you mean 'cifar10'")]
    public void Load_WhatCannotBeHad_SaysWhy(string set, string reason) => Assert.Contains(
        reason, Assert.Throws<DataSetException>(() => Load(new DataOptions { Set = set }, SharedData.Nowhere)).Message, StringComparison.Ordinal);

    [Fact]
    public void Fetch_WrongBytesOnTheServer_SaysSoAndWhatToPutWhere()
    {
        using TempFolder root = new();
        using FileServer server = new(IdxFiles.Images(1));
        DataLocations locations = SharedData.Nowhere with { DownloadRoot = root.Path, AllowDownload = true, Mirror = server.Address };

        string message = Assert.Throws<DataSetException>(() => DataCatalog.Fetch("mnist", locations, cancellationToken: TestContext.Current.CancellationToken)).Message;

        Assert.Contains($"{server.Address}mnist/train-images-idx3-ubyte.gz: the 32 bytes received have checksum", message, StringComparison.Ordinal);
        Assert.Contains("Without a network: put", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fetch_OfficialFilesOnTheServer_ArriveAndLoad()
    {
        DataLocations real = SharedData.WithOrSkip("mnist");
        string folder = DataCatalog.List(real).Single(listing => listing.Name == "mnist").Location!;
        using TempFolder root = new();
        // Three files are there; the server brings the fourth.
        foreach (string name in (string[])["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz"])
        {
            root.Write(Path.Combine("mnist", name), File.ReadAllBytes(Path.Combine(folder, name)));
        }

        using FileServer server = new(File.ReadAllBytes(Path.Combine(folder, "t10k-labels-idx1-ubyte.gz")));
        server.Cuts.Enqueue(1000);
        DataLocations locations = SharedData.Nowhere with { DownloadRoot = root.Path, AllowDownload = true, Mirror = server.Address };

        DataSetListing fetched = DataCatalog.Fetch("mnist", locations, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Path.Combine(root.Path, "mnist"), fetched.Location);
        Assert.Equal([0, 1000], server.Asked);
        Load(new DataOptions { Set = "mnist" }, locations).Dispose();
    }

    [Fact]
    public void List_Nowhere_FindsTheBuiltInSetsOnly()
    {
        IReadOnlyList<DataSetListing> listings = DataCatalog.List(SharedData.Nowhere);

        Assert.Equal(DataCatalog.Names, listings.Select(listing => listing.Name));
        Assert.Equal(["fashion-mnist-10k", "synthetic"], listings.Where(listing => listing.Location is not null).Select(listing => listing.Name));
        Assert.NotNull(listings.Single(listing => listing.Name == "cifar100").DownloadBytes);
    }

    [Fact]
    public void Verify_DamagedFile_IsAnAnswer()
    {
        using TempFolder folder = new();
        IdxFiles.WriteSet(folder);
        folder.Write("t10k-labels-idx1-ubyte.gz", [1, 2, 3]);

        DataVerification verified = DataCatalog.Verify(
            new DataOptions { Set = "mnist", Path = folder.Path }, SharedData.Nowhere, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains("t10k-labels-idx1-ubyte.gz: at byte 3", verified.Problem, StringComparison.Ordinal);
        Assert.Null(verified.Content);
        Assert.Equal(4, verified.Files.Count);
    }

    [Fact]
    public void Verify_UnknownButSoundFiles_AreUnrecognised()
    {
        using TempFolder folder = new();
        IdxFiles.WriteSet(folder);

        DataVerification verified = DataCatalog.Verify(
            new DataOptions { Set = "mnist", Path = folder.Path }, SharedData.Nowhere, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Null(verified.Problem);
        Assert.All(verified.Files, file => Assert.Equal(FileRecognition.Unrecognised, file.Recognition));
    }

    [Fact]
    public void Verify_NotThere_IsAnAnswer()
    {
        DataVerification verified = DataCatalog.Verify(new DataOptions { Set = "mnist" }, SharedData.Nowhere, cancellationToken: TestContext.Current.CancellationToken);

        Assert.StartsWith("not found in", verified.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_SeveralProblems_NamesAll()
    {
        Assert.Equal(3, DataCatalog.Check(Embedded with { Path = "x", ImageSize = 32, TrainSize = 10_001 }).Count);
        Assert.Empty(DataCatalog.Check(Embedded with { TrainSize = 10 }));
        Assert.Single(DataCatalog.Check(new DataOptions { Set = "nothing" }));
    }

    [Theory]
    [InlineData("cifar100", 100)]
    [InlineData("emnist-balanced", 47)]
    [InlineData("emnist-bymerge", 47)]
    [InlineData("emnist-byclass", 62)]
    [InlineData("emnist-letters", 26)]
    [InlineData("kmnist", 10)]
    public void List_PublishedSets_HaveTheirNumberOfClasses(string set, int classes) =>
        Assert.Equal(classes, DataCatalog.List(SharedData.Nowhere).Single(listing => listing.Name == set).Classes);

    [Fact]
    public void Standard_NamedDirectory_ComesFirstAndTakesDownloads()
    {
        DataLocations locations = DataLocations.Standard("/data", "/home/sweeper");

        Assert.Equal(["/data", Path.Combine("/home/sweeper", "datasets"), Path.Combine("..", "shared", "data")], locations.Roots);
        Assert.Equal("/data", locations.DownloadRoot);
        Assert.Equal(DataLocations.DebianFolder, locations.FashionMnistFolder);
    }

    private static ImageData Load(DataOptions options, DataLocations locations) =>
        DataCatalog.Load(options, locations, cancellationToken: TestContext.Current.CancellationToken);
}
