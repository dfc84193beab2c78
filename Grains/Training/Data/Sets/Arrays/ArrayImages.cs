using Sweeper.Training.Data.Formats;
using Sweeper.Training.Models;

namespace Sweeper.Training.Data.Sets.Arrays;

/// <summary>
/// Images of a numpy array. Three axes are images, rows, columns, in grey. Of four, the axis of 1 (grey) or 3 (colour) is that
/// of the channels: the last or the second; where both are, nothing tells them apart and the array is refused.
/// </summary>
/// <param name="Shape">Shape of every image.</param>
/// <param name="Pixels">Their pixels, image by image, channel by channel, row by row.</param>
internal sealed record ArrayImages(ImageShape Shape, byte[] Pixels)
{
    private const int LargestSide = 1024;

    /// <summary>The images of an array.</summary>
    /// <exception cref="DataSetException">It holds none; says why and what would be right.</exception>
    public static ArrayImages Of(NpyArray array)
    {
        if (array.Type != "u1")
        {
            throw array.Bad($"its values are {array.TypeText}; images are uint8, 0 (black) to 255: save {(array.Type[0] == 'f' ? "(255 * x).round().astype('uint8') where x is in [0, 1]" : "x.astype('uint8')")}");
        }

        (ImageShape shape, bool channelsLast) = array.Shape switch
        {
            [_, var height, var width] => (new ImageShape(1, height, width), false),
            [_, 1 or 3, _, 1 or 3] => throw array.Bad(
                $"its shape is {array.ShapeText}: the second axis and the last could both be the channels. {(array.Shape[1] == 1 && array.Shape[3] == 1 ? "Save grey images without an axis of channels, x.reshape(n, height, width)" : "Save images of another height or width: pad them with numpy.pad")}"),
            [_, var height, var width, (1 or 3) and var channels] => (new ImageShape(channels, height, width), true),
            [_, (1 or 3) and var channels, var height, var width] => (new ImageShape(channels, height, width), false),
            [_, _, _, _] => throw array.Bad(
                $"its shape is {array.ShapeText}: neither the second axis nor the last is 1 (grey) or 3 (colour). Leave an alpha channel out with x[..., :3]"),
            _ => throw array.Bad(
                $"its shape is {array.ShapeText}; images are N x height x width, N x height x width x channels or N x channels x height x width. Rows of features go in a file for the set 'table'"),
        };
        if (Math.Max(shape.Height, shape.Width) > LargestSide)
        {
            throw array.Bad($"its images are {shape.Height}x{shape.Width}; they may have at most {LargestSide} rows and columns. Save smaller ones");
        }

        return new ArrayImages(shape, channelsLast && shape.Channels > 1 ? Planes(array.Bytes, shape) : array.Bytes);
    }

    private static byte[] Planes(byte[] values, ImageShape shape)
    {
        byte[] planes = new byte[values.Length];
        int area = shape.Height * shape.Width;
        for (int start = 0; start < values.Length; start += shape.Values)
        {
            for (int i = 0; i < area; i++)
            {
                for (int channel = 0; channel < shape.Channels; channel++)
                {
                    planes[start + (channel * area) + i] = values[start + (i * shape.Channels) + channel];
                }
            }
        }

        return planes;
    }
}
