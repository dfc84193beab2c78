using Sweeper.Training.Data.Downloads;
using Sweeper.Training.Data.Formats;
using Sweeper.Training.Data.Sets.Arrays;
using Sweeper.Training.Data.Sets.Tables;
using Sweeper.Training.Models;

namespace Sweeper.Training.Data.Sets;

/// <summary>All data sets, with their official addresses and checksums.</summary>
internal static class KnownSets
{
    /// <summary>Name of the set that is a folder of the user's.</summary>
    public const string ImageFolder = "image-folder";

    /// <summary>Name of the set that is numpy arrays of the user's.</summary>
    public const string Arrays = "arrays";

    /// <summary>Name of the set that is a table of the user's.</summary>
    public const string Table = "table";

    /// <summary>Name of Fashion-MNIST, which Debian packages.</summary>
    public const string Fashion = "fashion-mnist";

    private static readonly ImageShape Grey28 = new(1, 28, 28);

    /// <summary>Reads Fashion-MNIST, whole or embedded.</summary>
    public static IdxReader FashionIdx { get; } = new(string.Empty, "t10k", ClassNames.Fashion);

    /// <summary>Every set, in the order of the documentation.</summary>
    public static IReadOnlyList<DataSetDefinition> All { get; } =
    [
        new()
        {
            Name = "fashion-mnist-10k",
            Summary = "10,000 and 2,000 images of Fashion-MNIST, built in",
            Terms = "Zalando SE, MIT licence, arXiv:1708.07747",
            Shape = Grey28,
            Classes = 10,
            TrainCount = 10_000,
            TestCount = 2_000,
            BuiltIn = EmbeddedImages.Found,
        },
        new()
        {
            Name = Fashion,
            Summary = "articles of clothing, 28x28 grey",
            Terms = "Zalando SE, MIT licence, arXiv:1708.07747",
            Shape = Grey28,
            Classes = 10,
            TrainCount = 60_000,
            TestCount = 10_000,
            Folders = ["fashion-mnist", "FashionMNIST/raw", "FashionMNIST"],
            Reader = FashionIdx,
            Source = Idx(
                "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
                30_878_645,
                "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
                "25c81989df183df01b3e8a0aad5dffbe",
                "bef4ecab320f06d8554ea6380940ec79",
                "bb300cfdad3c16e7a12a480ee83cd310"),
            // The same images, packed anew by Debian.
            Copies =
            [
                new("train-images-idx3-ubyte.gz", "b0564c3eedabfbf835052cff8503ea422014ce006caf5b757f851416ee8300c7", "Debian's package"),
                new("train-labels-idx1-ubyte.gz", "0ae29f65d86684f32d1b9c85147786c547b9c6aebcaf235f0400a0cce308b056", "Debian's package"),
                new("t10k-images-idx3-ubyte.gz", "cc1d090a38ace84dfa1aa66e3ada7c336ef481a96936906477e6dd344da56eaa", "Debian's package"),
                new("t10k-labels-idx1-ubyte.gz", "8d3605d196f4be44669e46906da9733c8131fef761fdbfec72c424d5222f1a05", "Debian's package"),
            ],
        },
        new()
        {
            Name = "mnist",
            Summary = "handwritten digits, 28x28 grey",
            Terms = "LeCun, Cortes, Burges; usually stated as CC BY-SA 3.0",
            Shape = Grey28,
            Classes = 10,
            TrainCount = 60_000,
            TestCount = 10_000,
            Folders = ["mnist", "MNIST/raw", "MNIST"],
            Reader = new IdxReader(string.Empty, "t10k", ClassNames.Digits),
            Source = Idx(
                "https://ossci-datasets.s3.amazonaws.com/mnist/",
                11_594_722,
                "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
                "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
                "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
                "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
        },
        new()
        {
            Name = "kmnist",
            Summary = "Kuzushiji-MNIST, cursive Japanese syllables, 28x28 grey",
            Terms = "ROIS-DS Center for Open Data in the Humanities, CC BY-SA 4.0, arXiv:1812.01718",
            Shape = Grey28,
            Classes = 10,
            TrainCount = 60_000,
            TestCount = 10_000,
            Folders = ["kmnist", "KMNIST/raw", "KMNIST"],
            Reader = new IdxReader(string.Empty, "t10k", ClassNames.Kuzushiji),
            Source = Idx(
                "http://codh.rois.ac.jp/kmnist/dataset/kmnist/",
                21_240_888,
                "bdb82020997e1d708af4cf47b453dcf7",
                "e144d726b3acfaa3e44228e80efcd344",
                "5c965bf0a639b31b8f53240b1b52f4d7",
                "7320c461ea6c1c855c0b718fb2a4b134"),
        },
        Emnist("digits", ClassNames.Digits, 240_000, 40_000),
        Emnist("letters", ClassNames.Letters, 124_800, 20_800, firstLabel: 1),
        Emnist("balanced", ClassNames.Merged, 112_800, 18_800),
        Emnist("bymerge", ClassNames.Merged, 697_932, 116_323),
        Emnist("byclass", ClassNames.Alphanumeric, 697_932, 116_323),
        Emnist("mnist", ClassNames.Digits, 60_000, 10_000),
        Cifar(
            "cifar10",
            "photographs of things and animals, 32x32 colour",
            CifarLayout.Ten,
            ClassNames.CifarTen,
            ["cifar-10", "cifar10", "CIFAR10", "."],
            ["cifar-10-binary.tar.gz", "cifar-10-batches-bin.tar.gz"],
            "cifar-10-batches-bin",
            170_052_171,
            "c32a1d4ab5d03f1284b67883e8d87530",
            // SHA-256 of the test file of a copy that is not the official one.
            new() { ["12b72019dddc66aa680d9654ddcc864aa808e6540641e0887054d04d415d6427"] = Reconstructed }) with
        {
            Copies = [new("cifar-10-batches-bin.tar.gz", "017f24ec6f5f86d56d522b74709a5ae38eddfc425f178549de9c3b132ec4c9f4", Reconstructed)],
        },
        Cifar(
            "cifar100",
            "photographs in 100 fine classes, 32x32 colour",
            CifarLayout.Hundred,
            ClassNames.CifarHundred,
            ["cifar-100", "cifar100", "CIFAR100", "."],
            ["cifar-100-binary.tar.gz"],
            "cifar-100-binary",
            168_513_733,
            "03b5dce01913d631647c71ecec9e9cb8"),
        new()
        {
            Name = ImageFolder,
            Summary = "PNG and JPEG files of your own, one folder a class",
            Terms = "yours",
            Reader = new ImageFolderReader(),
            NeedsPath = true,
        },
        new()
        {
            Name = Arrays,
            Summary = "numpy arrays of your own, an .npz file or .npy files",
            Terms = "yours",
            Reader = new ArraysReader(),
            NeedsPath = true,
        },
        new()
        {
            Name = Table,
            Summary = "rows of your own, a CSV or Parquet file with a column of classes or of numbers to predict",
            Terms = "yours",
            Reader = new TableReader(),
            NeedsPath = true,
        },
        new()
        {
            Name = "synthetic",
            Summary = "made-up blobs in noise, built in, for tests",
            Terms = "none",
            Shape = Grey28,
            Classes = 10,
            TrainCount = SyntheticImages.TrainCount,
            TestCount = SyntheticImages.TestCount,
            BuiltIn = new FoundSet("synthetic", [], _ => SyntheticImages.Create()),
        },
    ];

    private const string Reconstructed = "reconstructed copy: 104 of 60,000 images come from JPEG";

    private static DownloadSource Idx(string address, long bytes, string trainImages, string trainLabels, string testImages, string testLabels) => new(
        new Uri(address),
        [
            new("train-images-idx3-ubyte.gz", trainImages),
            new("train-labels-idx1-ubyte.gz", trainLabels),
            new("t10k-images-idx3-ubyte.gz", testImages),
            new("t10k-labels-idx1-ubyte.gz", testLabels),
        ],
        bytes);

    private static DataSetDefinition Emnist(string split, IReadOnlyList<string> classes, int train, int test, int firstLabel = 0) => new()
    {
        Name = $"emnist-{split}",
        Summary = $"EMNIST {split}, handwritten characters, 28x28 grey",
        Terms = "NIST, public domain, arXiv:1702.05373; gzip.zip at https://www.nist.gov/itl/products-and-services/emnist-dataset",
        Shape = Grey28,
        Classes = classes.Count,
        TrainCount = train,
        TestCount = test,
        Folders = ["emnist", "emnist/gzip", "EMNIST/raw", "EMNIST"],
        Reader = new IdxReader($"emnist-{split}-", "test", classes, firstLabel, transposed: true),
    };

    private static DataSetDefinition Cifar(
        string name,
        string summary,
        CifarLayout layout,
        IReadOnlyList<string> classes,
        IReadOnlyList<string> folders,
        IReadOnlyList<string> archives,
        string inside,
        long bytes,
        string md5,
        Dictionary<string, string>? copies = null) => new()
    {
        Name = name,
        Summary = summary,
        Terms = "A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009; no explicit licence",
        Shape = CifarLayout.Shape,
        Classes = classes.Count,
        TrainCount = layout.TrainRecords * layout.TrainFiles.Count,
        TestCount = layout.TestRecords,
        Folders = folders,
        Reader = new CifarReader(layout, archives, inside, classes, copies ?? []),
        Source = new DownloadSource(new Uri("https://www.cs.toronto.edu/~kriz/"), [new(archives[0], md5)], bytes),
    };
}
