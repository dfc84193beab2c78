using System.IO.Compression;
using Sweeper.Training.Data;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data.Sets.Arrays;

/// <summary>Files that are no data set of arrays: one message each, of what, where, and what would be right.</summary>
public sealed class BadArraysTests : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>Images, labels, and what the message must say of them.</summary>
    public static TheoryData<byte[], byte[], string> BadPairs => new()
    {
        { NpyFiles.Npy("<f4", "4, 4, 4", new byte[256]), NpyFiles.Alternating(4), "x_train: its values are float32; images are uint8, 0 (black) to 255: save (255 * x)" },
        { NpyFiles.Npy("<i4", "4, 2, 2", new byte[64]), NpyFiles.Alternating(4), "its values are int32; images are uint8, 0 (black) to 255: save x.astype('uint8')" },
        { NpyFiles.Npy("|b1", "4, 2, 2", new byte[16]), NpyFiles.Alternating(4), "its values are bool" },
        { NpyFiles.Npy("|O", "4, 2, 2", new byte[16]), NpyFiles.Alternating(4), "x_train: it holds Python objects, which numpy pickles; they are not read, because unpickling runs code" },
        { NpyFiles.Images(4), NpyFiles.Npy("|O", "4,", new byte[16]), "y_train: it holds Python objects" },
        { NpyFiles.Npy("[('a', '<i4')]", "4, 2, 2", new byte[16]), NpyFiles.Alternating(4), "its values are records of several fields" },
        { NpyFiles.Npy(">u2", "4, 2, 2", new byte[32]), NpyFiles.Alternating(4), "its values are big endian ('>u2'); save x.astype('<u2')" },
        { NpyFiles.Npy("<c8", "4, 2, 2", new byte[128]), NpyFiles.Alternating(4), "its values are complex numbers" },
        { NpyFiles.Npy("|u1", "4, 2, 2", new byte[16], columnsFirst: true), NpyFiles.Alternating(4), "the array is stored in Fortran's order, columns first; save numpy.ascontiguousarray(x)" },
        { NpyFiles.Npy("|u1", "", new byte[1]), NpyFiles.Alternating(4), "this is a single number, not an array" },
        { NpyFiles.Npy("|u1", "0, 4, 4", []), NpyFiles.Alternating(4), "the shape is 0x4x4; every axis must have at least 1 value" },
        { NpyFiles.Npy("|u1", "4000000000, 4000000000, 4000000000", []), NpyFiles.Alternating(4), "and all together at most" },
        { NpyFiles.Npy("|u1", "99999999999999999999, 4, 4", []), NpyFiles.Alternating(4), "its header cannot be read" },
        { NpyFiles.Npy("|u1", "4, 16", new byte[64]), NpyFiles.Alternating(4), "its shape is 4x16; images are N x height x width" },
        { NpyFiles.Npy("|u1", "4, 3, 2, 3", new byte[72]), NpyFiles.Alternating(4), "its shape is 4x3x2x3: the second axis and the last could both be the channels" },
        { NpyFiles.Npy("|u1", "4, 1, 2, 1", new byte[8]), NpyFiles.Alternating(4), "Save grey images without an axis of channels" },
        { NpyFiles.Npy("|u1", "4, 2, 2, 4", new byte[64]), NpyFiles.Alternating(4), "neither the second axis nor the last is 1 (grey) or 3 (colour)" },
        { NpyFiles.Npy("|u1", "4, 1, 1025", new byte[4100]), NpyFiles.Alternating(4), "they may have at most 1024 rows and columns" },
        { NpyFiles.Images(4)[..^1], NpyFiles.Alternating(4), "the file ends early: the 64 bytes of values that its header announces are 63" },
        { [.. NpyFiles.Images(4), 0], NpyFiles.Alternating(4), "the file goes on after the 64 bytes of values" },
        { "not numpy at all"u8.ToArray(), NpyFiles.Alternating(4), "this is no .npy array; write it with numpy.save" },
        { NpyFiles.Images(4)[..9], NpyFiles.Alternating(4), "the file ends inside its header" },
        { NpyFiles.Images(4)[..40], NpyFiles.Alternating(4), "the file ends inside its header" },
        { NpyFiles.Npy("|u1", "4, 4, 4", NpyFiles.Pixels(4), version: 9), NpyFiles.Alternating(4), "the format's version is 9" },
        { NpyFiles.Images(4), NpyFiles.Alternating(5), "y_train: it has 5 labels for the 4 images of" },
        { NpyFiles.Images(4), NpyFiles.Npy("<f8", "4,", new byte[32]), "y_train: its values are float64; labels are whole numbers of an integer type: save y.astype('int64')" },
        { NpyFiles.Images(4), NpyFiles.Npy("<U3", "4,", new byte[48]), "its values are text" },
        { NpyFiles.Images(4), NpyFiles.Npy("<i8", "4, 2", new byte[64]), "Of one-hot labels save y.argmax(axis=1)" },
        { NpyFiles.Images(4), NpyFiles.Labels(3, 3, 3, 3), "every label is 3; a classifier needs at least 2 classes" },
    };

    [Theory]
    [MemberData(nameof(BadPairs))]
    public void Load_BadArray_SaysWhatWouldBeRight(byte[] images, byte[] labels, string message)
    {
        string path = _folder.Write("data.npz", Npz(("x_train", images), ("y_train", labels)));

        Assert.Contains(message, Complaint(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ArraysThatDoNotGoTogether_SaysWhichAreMissing()
    {
        byte[] images = NpyFiles.Images(4);
        byte[] labels = NpyFiles.Alternating(4);

        Assert.Contains("it holds arr_0; x_train and y_train are needed", Of(("arr_0", images)), StringComparison.Ordinal);
        Assert.Contains("it holds no array", Of(), StringComparison.Ordinal);
        Assert.Contains("but not y_train; images and labels come in pairs", Of(("x_train", images)), StringComparison.Ordinal);
        Assert.Contains("but not x; ", Of(("y", labels)), StringComparison.Ordinal);
        Assert.Contains("or else x and y, not both", Of(("x_train", images), ("y_train", labels), ("x", images)), StringComparison.Ordinal);
        Assert.Contains("but not y_test", Of(("x_train", images), ("y_train", labels), ("x_test", images)), StringComparison.Ordinal);
        Assert.Contains("x_test: its images are 1x2x2, those of the training part 1x4x4", Of(
            ("x_train", images), ("y_train", labels), ("x_test", NpyFiles.Npy("|u1", "4, 2, 2", new byte[16])), ("y_test", labels)), StringComparison.Ordinal);
        Assert.Contains("y_test: label 9 of image 1 is not among the training labels", Of(
            ("x_train", images), ("y_train", labels), ("x_test", NpyFiles.Images(2)), ("y_test", NpyFiles.Labels(0, 9))), StringComparison.Ordinal);
        Assert.Contains("2 images are too few", Of(("x", NpyFiles.Images(2)), ("y", NpyFiles.Alternating(2))), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_DamagedArchives_AreRefused()
    {
        byte[] stored = NpyFiles.Npz(CompressionLevel.NoCompression, ("x", NpyFiles.Images(10)), ("y", NpyFiles.Alternating(10)));
        byte[] packed = Npz(("x", NpyFiles.Images(10)), ("y", NpyFiles.Alternating(10)));
        byte[] flipped = [.. stored];
        flipped[200] ^= 1; // a pixel

        Assert.Contains("x: the archive is damaged: the checksum", Complaint(_folder.Write("a.npz", flipped)), StringComparison.Ordinal);
        Assert.Contains("no .npz archive, or one that is damaged or cut off", Complaint(_folder.Write("b.npz", packed[..^30])), StringComparison.Ordinal);
        Assert.Contains("no .npz archive", Complaint(_folder.Write("c.npz", [])), StringComparison.Ordinal);
        Assert.Contains("no .npz archive", Complaint(_folder.Write("d.npz", "text"u8.ToArray())), StringComparison.Ordinal);
        Assert.Contains("does not hold arrays. Expected there: an .npz file", Complaint(_folder.Path), StringComparison.Ordinal);
        Assert.Contains("there is no such file or folder", Complaint(Path.Combine(_folder.Path, "none.npz")), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AnyByteOfAnArchiveDamaged_IsReadAlikeOrRefused()
    {
        byte[] good = Npz(("x", NpyFiles.Images(10)), ("y", NpyFiles.Alternating(10)));
        string path = _folder.Write("data.npz", good);
        using ImageData whole = Load(path);
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= 0x55;
            File.WriteAllBytes(path, bad);
            try
            {
                using ImageData read = Load(path);
                Assert.Equal(whole.ContentHash, read.ContentHash); // a byte that says nothing, such as a date
            }
            catch (DataSetException refused)
            {
                Assert.StartsWith(path, refused.Message, StringComparison.Ordinal);
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Npz(params (string Name, byte[] Npy)[] arrays) => NpyFiles.Npz(CompressionLevel.Optimal, arrays);

    private string Of(params (string Name, byte[] Npy)[] arrays) => Complaint(_folder.Write("data.npz", Npz(arrays)));

    private static string Complaint(string path) => Assert.Throws<DataSetException>(() => Load(path)).Message;

    private static ImageData Load(string path) => DataCatalog.Load(
        new DataOptions { Set = "arrays", Path = path }, SharedData.Nowhere, cancellationToken: TestContext.Current.CancellationToken);
}
