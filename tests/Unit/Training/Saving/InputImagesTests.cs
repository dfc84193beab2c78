using SkiaSharp;
using Sweeper.Tests.Unit.Training.Data;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Saving;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Saving;

/// <summary>Files as the input of a saved network.</summary>
public sealed class InputImagesTests
{
    private static readonly SavedModelInfo Grey = new()
    {
        Model = new ModelOptions { Name = "mlp" },
        Input = new ImageShape(1, 8, 8),
        Classes = ["a", "b"],
        Scaling = PixelScaling.Standard,
        Mean = [0.5],
        StandardDeviation = [0.25],
        DataSet = "mnist",
        DataHash = "",
        Versions = "",
    };

    private static readonly SavedModelInfo Colour = Grey with { Input = new ImageShape(3, 8, 8), Mean = [0.5, 0.5, 0.5], StandardDeviation = [1, 1, 1] };

    [Fact]
    public void Read_ColourPicture_GivesPlanesOrLuma()
    {
        byte[] png = Png(new SKColor(200, 100, 50), side: 16);

        Assert.Equal([.. Enumerable.Repeat((byte)200, 64), .. Enumerable.Repeat((byte)100, 64), .. Enumerable.Repeat((byte)50, 64)], InputImages.Read("p.png", png, Colour));
        Assert.Equal(Enumerable.Repeat((byte)124, 64), InputImages.Read("p.png", png, Grey)); // 0.299 * 200 + 0.587 * 100 + 0.114 * 50
    }

    [Fact]
    public void Read_GreyPicture_IsTakenAsItIs() =>
        Assert.Equal(Enumerable.Repeat((byte)77, 64), InputImages.Read("p.png", Png(new SKColor(77, 77, 77), side: 8), Grey));

    [Fact]
    public void Read_Idx_IsTakenAsItsDataSetStoresIt()
    {
        byte[] file = IdxFiles.Images(3, height: 8, width: 8);
        byte[] pixels = file[16..];

        Assert.Equal(pixels, InputImages.Read("images", file, Grey));
        Assert.Equal(pixels, InputImages.Read("images.gz", TempFolder.Gzip(file), Grey));
        byte[] turned = InputImages.Read("images", file, Grey with { DataSet = "emnist-digits" });
        Assert.Equal((pixels[1], pixels[8], pixels[64 + 1]), (turned[8], turned[1], turned[64 + 8]));
    }

    [Fact]
    public void Read_FileThatDoesNotFit_IsRefusedByItsName()
    {
        Refused("the network takes 1x8x8", "images", IdxFiles.Images(2, height: 9, width: 8), Grey);
        Refused("the network takes 3x8x8", "images", IdxFiles.Images(2, height: 8, width: 8), Colour);
        Refused("these are labels", "labels", IdxFiles.Labels(1, 2, 3, 4, 5, 6, 7, 8, 9), Grey);
        Refused("the file ends", "images", IdxFiles.Images(2, height: 8, width: 8)[..^1], Grey);
        Refused("the file ends", "images.gz", TempFolder.Gzip(IdxFiles.Images(2, height: 8, width: 8))[..20], Grey);
        Refused("not a readable PNG", "notes.txt", [1, 2, 3, 4, 5, 6], Grey);
        Refused("not a readable PNG", "empty", [], Grey);
        Refused("rows of a table (14 features)", "p.png", Png(new SKColor(1, 2, 3), side: 8), Grey with { Input = ImageShape.RowOf(14) });
    }

    private static void Refused(string complaint, string name, byte[] content, SavedModelInfo info)
    {
        string message = Assert.Throws<DataSetException>(() => InputImages.Read(name, content, info)).Message;
        Assert.StartsWith(name + ": ", message, StringComparison.Ordinal);
        Assert.Contains(complaint, message, StringComparison.Ordinal);
    }

    private static byte[] Png(SKColor colour, int side)
    {
        using SKBitmap bitmap = new(side, side);
        bitmap.Erase(colour);
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
