using System.Runtime.InteropServices;
using Sweeper.Training.Data.Sets.Tables;
using Sweeper.Training.Models;

namespace Sweeper.Training.Data;

/// <summary>A loaded data set in managed memory, before it becomes tensors.</summary>
/// <param name="Shape">Shape of every image.</param>
/// <param name="Classes">Names of the classes, in label order.</param>
/// <param name="Train">Training images and labels.</param>
/// <param name="Test">Test images and labels.</param>
/// <param name="Origin">Where the arrays came from, in words.</param>
/// <param name="Skipped">Damaged files that were left out.</param>
internal sealed record RawImages(ImageShape Shape, IReadOnlyList<string> Classes, RawPart Train, RawPart Test, string Origin, int Skipped = 0)
{
    /// <summary>How the rows of a table came to be features; null: these are images.</summary>
    public TableEncoding? Table { get; init; }

    /// <summary>The number to predict; null: classes.</summary>
    public TargetScale? Target => Table?.Target;

    /// <summary>SHA-256 over shape, classes, pixels and labels: equal for equal arrays, wherever they were read.</summary>
    public string Hash()
    {
        using ContentHash hash = new(Shape, Classes, Train.Count, Test.Count);
        foreach (RawPart part in (RawPart[])[Train, Test])
        {
            hash.AddValues(part.Pixels);
            hash.AddValues(MemoryMarshal.AsBytes(part.Features.AsSpan()));
            hash.AddValues(MemoryMarshal.AsBytes(part.Targets.AsSpan()));
            hash.AddLabels(part.Labels);
        }

        return hash.End();
    }
}

/// <summary>Images of one half of a set, or rows of a table.</summary>
/// <param name="Pixels">8-bit values, image by image, channel by channel, row by row.</param>
/// <param name="Labels">Class of each image.</param>
/// <param name="Features">Of a table: its features row by row, ready for a model, in place of pixels; null: these are images.</param>
/// <param name="Targets">Number to predict of each row, scaled; the labels are then tenths of its range, to split by. Null: the labels are classes.</param>
internal sealed record RawPart(byte[] Pixels, int[] Labels, float[]? Features = null, float[]? Targets = null)
{
    /// <summary>Number of images.</summary>
    public int Count => Labels.Length;

    /// <summary>The images at <paramref name="indices"/>, in that order.</summary>
    public RawPart Pick(ReadOnlySpan<int> indices)
    {
        int[] labels = new int[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            labels[i] = Labels[indices[i]];
        }

        return new RawPart(
            Pick(Pixels, indices), labels, Features is null ? null : Pick(Features, indices), Targets is null ? null : Pick(Targets, indices));
    }

    private T[] Pick<T>(T[] values, ReadOnlySpan<int> indices)
    {
        int size = values.Length / Count;
        T[] picked = new T[(long)indices.Length * size];
        for (int i = 0; i < indices.Length; i++)
        {
            values.AsSpan(indices[i] * size, size).CopyTo(picked.AsSpan(i * size));
        }

        return picked;
    }
}
