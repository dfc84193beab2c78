using Sweeper.Training.Data;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data;

public sealed class PermittedFoldersTests : IDisposable
{
    private readonly TempFolder _inside = new();
    private readonly TempFolder _outside = new();

    private PermittedFolders Permitted => new([_inside.Path]);

    public void Dispose()
    {
        _inside.Dispose();
        _outside.Dispose();
    }

    [Fact]
    public void ComplaintOf_PathsBelow_AreTaken()
    {
        Directory.CreateDirectory(In("a/b"));
        Directory.CreateSymbolicLink(In("link"), In("a"));
        Directory.CreateSymbolicLink(In("relative"), "a/../a/b");

        Assert.All(
            new[] { _inside.Path, _inside.Path + "/", In("a/b"), In("not/there"), In("link/b"), In("relative"), In("a/./b"), In("..hidden") },
            path => Assert.Null(Permitted.ComplaintOf(path)));
    }

    [Fact]
    public void ComplaintOf_PathsOutside_AreRefusedInTheSameWordsWhetherTheyAreThereOrNot()
    {
        Directory.CreateSymbolicLink(In("out"), _outside.Path);
        File.CreateSymbolicLink(In("file"), "/etc/passwd");
        Directory.CreateSymbolicLink(In("twice"), In("out"));
        Directory.CreateSymbolicLink(In("round"), In("round"));

        Assert.All(
            new[] { "/etc", "/not/there", _outside.Path, _inside.Path + "x", "/", In("out"), In("out/deep/er"), In("file"), In("twice/x"), In("round/x") },
            path => Assert.Contains($"data are read below {_inside.Path} only", Permitted.ComplaintOf(path), StringComparison.Ordinal));
        Assert.All(
            new[] { In("../x"), $"{_inside.Path}/a/../../etc", "..", In("a\\..\\b") },
            path => Assert.Contains("'..' is not read here", Permitted.ComplaintOf(path), StringComparison.Ordinal));
        Assert.All(new[] { "a", "~/a", "" }, path => Assert.Contains("an absolute path is expected", Permitted.ComplaintOf(path), StringComparison.Ordinal));
    }

    [Fact]
    public void ComplaintOf_PermittedFolderThatIsALinkItself_IsTakenWhereItLeads()
    {
        Directory.CreateSymbolicLink(In("root"), _outside.Path);
        var permitted = new PermittedFolders([In("root")]);

        Assert.Null(permitted.ComplaintOf(In("root/a")));
        Assert.Null(permitted.ComplaintOf(Path.Combine(_outside.Path, "a")));
        Assert.NotNull(permitted.ComplaintOf(In("b")));
    }

    [Fact]
    public void Load_FilesThatAreLinksOutOfAPermittedFolder_AreNotRead()
    {
        Directory.CreateDirectory(In("images/train/cat"));
        Directory.CreateDirectory(In("images/train/dog"));
        File.WriteAllBytes(Path.Combine(_outside.Path, "secret.png"), [1, 2, 3]);
        File.CreateSymbolicLink(In("images/train/cat/1.png"), Path.Combine(_outside.Path, "secret.png"));
        var images = new DataOptions { Set = "image-folder", Path = In("images") };
        DataLocations open = new() { Roots = [], DownloadRoot = _inside.Path, AllowDownload = false };

        DataSetException refused = Assert.Throws<DataSetException>(() => Load(images, open with { Permitted = Permitted }));
        Assert.Contains("1.png: data are read below", refused.Message, StringComparison.Ordinal);

        Directory.CreateDirectory(In("mnist"));
        foreach (string name in new[] { "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte" })
        {
            File.WriteAllBytes(Path.Combine(_outside.Path, name), [0]);
            File.CreateSymbolicLink(In($"mnist/{name}"), Path.Combine(_outside.Path, name));
        }

        refused = Assert.Throws<DataSetException>(() => Load(new DataOptions { Set = "mnist", Path = In("mnist") }, open with { Permitted = Permitted }));
        Assert.Contains("data are read below", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("data are read below", Assert.Throws<DataSetException>(() => Load(images, open)).Message, StringComparison.Ordinal); // nothing is restricted
    }

    private static ImageData Load(DataOptions options, DataLocations locations) =>
        DataCatalog.Load(options, locations, cancellationToken: TestContext.Current.CancellationToken);

    private string In(string path) => $"{_inside.Path}/{path}";
}
