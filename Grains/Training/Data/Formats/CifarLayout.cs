using Sweeper.Training.Models;

namespace Sweeper.Training.Data.Formats;

/// <summary>How Krizhevsky's binary CIFAR files are laid out: records of label bytes and 3,072 pixels, no header.</summary>
/// <param name="TrainFiles">Names of the training files, in order.</param>
/// <param name="TestFile">Name of the test file.</param>
/// <param name="LabelBytes">Label bytes before the pixels; the last is the class that counts (CIFAR-100: coarse, fine).</param>
/// <param name="TrainRecords">Records in every training file.</param>
/// <param name="TestRecords">Records in the test file.</param>
internal sealed record CifarLayout(IReadOnlyList<string> TrainFiles, string TestFile, int LabelBytes, int TrainRecords, int TestRecords)
{
    /// <summary>Shape of every image; red, green, blue.</summary>
    public static ImageShape Shape { get; } = new(3, 32, 32);

    /// <summary>CIFAR-10: five training files.</summary>
    public static CifarLayout Ten { get; } = new([.. Enumerable.Range(1, 5).Select(i => $"data_batch_{i}.bin")], "test_batch.bin", 1, 10_000, 10_000);

    /// <summary>CIFAR-100: one training file, a coarse label before the fine one.</summary>
    public static CifarLayout Hundred { get; } = new(["train.bin"], "test.bin", 2, 50_000, 10_000);

    /// <summary>Names of all files.</summary>
    public IReadOnlyList<string> Files => [.. TrainFiles, TestFile];

    /// <summary>Bytes of one record.</summary>
    public int RecordBytes => LabelBytes + Shape.Values;
}
