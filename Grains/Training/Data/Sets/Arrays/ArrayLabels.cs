using System.Buffers.Binary;
using System.Globalization;
using Sweeper.Training.Data.Formats;

namespace Sweeper.Training.Data.Sets.Arrays;

/// <summary>Labels of a numpy array: any integers. The classes are the values of the training labels in rising order.</summary>
internal static class ArrayLabels
{
    private const int MostClasses = 10_000;

    /// <summary>The labels of an array, one for each image.</summary>
    /// <param name="array">N or Nx1 integers.</param>
    /// <param name="images">Images that they belong to.</param>
    public static Int128[] Of(NpyArray array, NpyArray images)
    {
        if (array.Type[0] is not ('i' or 'u'))
        {
            throw array.Bad($"its values are {array.TypeText}; labels are whole numbers of an integer type: save y.astype('int64')");
        }

        if (array.Shape is not ([_] or [_, 1]))
        {
            throw array.Bad($"its shape is {array.ShapeText}; labels are one number for each image, of shape {images.Count}. Of one-hot labels save y.argmax(axis=1)");
        }

        if (array.Count != images.Count)
        {
            throw array.Bad($"it has {array.Count} labels for the {images.Count} images of {images.Name}; the first axes must be equally long");
        }

        int bytes = NpyTypes.Bytes(array.Type);
        Int128[] labels = new Int128[array.Count];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = Value(array.Bytes.AsSpan(i * bytes, bytes), signed: array.Type[0] == 'i');
        }

        return labels;
    }

    /// <summary>Classes of the training labels.</summary>
    /// <param name="array">Where they stand.</param>
    /// <param name="labels">The training labels.</param>
    public static Int128[] Classes(NpyArray array, Int128[] labels)
    {
        Int128[] classes = [.. labels.Distinct().Order()];
        return classes.Length switch
        {
            1 => throw array.Bad($"every label is {Text(classes[0])}; a classifier needs at least 2 classes"),
            > MostClasses => throw array.Bad($"it holds {classes.Length} different labels, at most {MostClasses} are classes; is it a measurement or a number of the image?"),
            _ => classes,
        };
    }

    /// <summary>Place of each label's class.</summary>
    /// <param name="array">Where they stand.</param>
    /// <param name="labels">Labels.</param>
    /// <param name="classes">The classes, rising.</param>
    public static int[] Places(NpyArray array, Int128[] labels, Int128[] classes)
    {
        int[] places = new int[labels.Length];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = Array.BinarySearch(classes, labels[i]);
            if (places[i] < 0)
            {
                throw array.Bad($"label {Text(labels[i])} of image {i} is not among the training labels; take its images out, or add some to the training part");
            }
        }

        return places;
    }

    /// <summary>A label as the name of its class.</summary>
    public static string Text(Int128 label) => label.ToString(CultureInfo.InvariantCulture);

    private static Int128 Value(ReadOnlySpan<byte> bytes, bool signed) => (bytes.Length, signed) switch
    {
        (1, true) => (sbyte)bytes[0],
        (1, false) => bytes[0],
        (2, true) => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        (4, true) => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        (_, true) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        (_, false) => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
    };
}
