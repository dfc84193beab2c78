using Sweeper.Training.Data;
using Sweeper.Training.Models;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Data;

public sealed class AugmentationTests
{
    private const int Count = 400;
    private static readonly ImageShape Shape = new(3, 6, 8);

    [Fact]
    public void Flip_MirrorsAboutHalfOfTheImages()
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor plain, Tensor changed) = Batches(new Augmentation { Flip = true });
        int mirrored = 0;
        for (int i = 0; i < Count; i++)
        {
            bool same = changed[i].BitEqual(plain[i]);
            Assert.NotEqual(same, changed[i].BitEqual(plain[i].flip(2)));
            mirrored += same ? 0 : 1;
        }

        Assert.InRange(mirrored, Count * 0.4, Count * 0.6);
    }

    [Theory]
    [InlineData(CropPadding.Reflect)]
    [InlineData(CropPadding.Zero)]
    public void PadCrop_GivesAWindowOfThePaddedImageAtEveryOffset(CropPadding padding)
    {
        const int Pad = 2;
        using DisposeScope scope = NewDisposeScope();
        (Tensor plain, Tensor changed) = Batches(new Augmentation { PadCrop = Pad, Padding = padding });
        Tensor padded = padding == CropPadding.Reflect
            ? nn.functional.pad(plain, [Pad, Pad, Pad, Pad], PaddingModes.Reflect)
            : ZeroPadded(plain, Pad);
        HashSet<(int, int)> offsets = [];
        for (int i = 0; i < Count; i++)
        {
            (int, int)[] fitting = [.. Offsets(Pad).Where(at => padded[i].narrow(1, at.Row, Shape.Height).narrow(2, at.Column, Shape.Width).allclose(changed[i], rtol: 0, atol: 1e-6))];
            offsets.Add(Assert.Single(fitting));
        }

        Assert.Equal(25, offsets.Count);
    }

    [Fact]
    public void Cutout_BlanksASquareWithTheMean()
    {
        const int Side = 3;
        using DisposeScope scope = NewDisposeScope();
        (Tensor plain, Tensor changed) = Batches(new Augmentation { Cutout = Side });
        HashSet<(long, long)> corners = [];
        for (int i = 0; i < Count; i++)
        {
            Tensor blank = changed[i].eq(0).all(0);
            Tensor places = blank.nonzero();
            Assert.Equal(Side * Side, places.shape[0]);
            long[] rows = places.select(1, 0).data<long>().ToArray();
            long[] columns = places.select(1, 1).data<long>().ToArray();
            Assert.Equal((Side - 1, Side - 1), (rows.Max() - rows.Min(), columns.Max() - columns.Min()));
            corners.Add((rows.Min(), columns.Min()));
            Assert.True(where(blank, plain[i], changed[i]).BitEqual(plain[i]));
        }

        Assert.Equal((Shape.Height - Side + 1) * (Shape.Width - Side + 1), corners.Count);
    }

    [Fact]
    public void Flip_WithCutoutToo_KeepsTheSameFlips()
    {
        using DisposeScope scope = NewDisposeScope();
        (_, Tensor flipped) = Batches(new Augmentation { Flip = true });
        (_, Tensor both) = Batches(new Augmentation { Flip = true, Cutout = 2 });

        Assert.True(where(both.eq(0), flipped, both).BitEqual(flipped));
    }

    [Fact]
    public void Check_PaddingAsLargeAsTheImage_IsAProblem()
    {
        Assert.Empty(new Augmentation { PadCrop = 5, Cutout = 6 }.Check(6, 8));
        Assert.Equal(3, new Augmentation { PadCrop = 6, Cutout = 7, Padding = (CropPadding)9 }.Check(6, 8).Count);
    }

    private static IEnumerable<(int Row, int Column)> Offsets(int pad) =>
        Enumerable.Range(0, ((2 * pad) + 1) * ((2 * pad) + 1)).Select(i => (i / ((2 * pad) + 1), i % ((2 * pad) + 1)));

    // A batch as it is and the same batch changed; no value is the mean, so that 0 tells what cutout blanked.
    private static (Tensor Plain, Tensor Changed) Batches(Augmentation augmentation)
    {
        byte[] pixels = new byte[Count * Shape.Values];
        new Random(5).NextBytes(pixels);
        using ImageData data = TestData.Of(Shape, pixels, [.. Enumerable.Range(0, Count)]);
        int[] all = [.. Enumerable.Range(0, Count)];
        using BatchSource plain = new(data, all, Count, Augmentation.None, seed: 1);
        using BatchSource changed = new(data, all, Count, augmentation, seed: 1);
        return (plain.Next().Images, changed.Next().Images);
    }

    // Black around the image: the least normalised value of each channel, as every channel holds a black pixel.
    private static Tensor ZeroPadded(Tensor images, int pad)
    {
        Tensor black = images.amin([0L, 2L, 3L], keepdim: true);
        Tensor padded = black.expand(Count, Shape.Channels, Shape.Height + (2 * pad), Shape.Width + (2 * pad)).clone();
        padded.narrow(2, pad, Shape.Height).narrow(3, pad, Shape.Width).copy_(images);
        return padded;
    }
}
