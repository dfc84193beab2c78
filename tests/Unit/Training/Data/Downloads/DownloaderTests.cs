using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Sweeper.Training.Data;
using Sweeper.Training.Data.Downloads;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data.Downloads;

public sealed class DownloaderTests : IDisposable
{
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(300_000);
    private static readonly KnownFile File1 = new("file.bin", Convert.ToHexStringLower(SHA256.HashData(Content)));

    private readonly TempFolder _folder = new();
    private readonly List<DataProgress> _progress = [];

    private string Target => Path.Combine(_folder.Path, "sub", File1.Name);

    [Fact]
    public void Fetch_GoodServer_WritesTheFileAndReportsProgress()
    {
        using FileServer server = new(Content);

        Fetch(server);

        Assert.Equal(Content, File.ReadAllBytes(Target));
        Assert.False(File.Exists(Target + ".part"));
        Assert.Contains(_progress, step => step is { Activity: DataActivity.Downloading, Done: 300_000, Total: 300_000 });
        Assert.Contains(_progress, step => step.Activity == DataActivity.Verifying);
    }

    [Fact]
    public void Fetch_Md5Checksum_IsCheckedAsMd5()
    {
        using FileServer server = new(Content);
        using IncrementalHash md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        md5.AppendData(Content);

        Fetch(server, File1 with { Checksum = Convert.ToHexStringLower(md5.GetHashAndReset()) });

        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Fact]
    public void Fetch_FileThere_AsksNobody()
    {
        using FileServer server = new(Content);
        _folder.Write("sub/file.bin", [1, 2, 3]);

        Fetch(server);

        Assert.Empty(server.Asked);
    }

    [Fact]
    public void Fetch_ConnectionCut_GoesOnWhereItStopped()
    {
        using FileServer server = new(Content);
        server.Cuts.Enqueue(100_000);
        server.Cuts.Enqueue(50_000);

        Fetch(server);

        Assert.Equal([0, 100_000, 150_000], server.Asked);
        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Fact]
    public void Fetch_PartOfAnEarlierRun_GoesOnFromThere()
    {
        using FileServer server = new(Content);
        _folder.Write("sub/file.bin.part", Content[..123_456]);

        Fetch(server);

        Assert.Equal([123_456], server.Asked);
        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Fact]
    public void Fetch_PartIsWhole_IsTakenAfterItsChecksum()
    {
        using FileServer server = new(Content);
        _folder.Write("sub/file.bin.part", Content);

        Fetch(server);

        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Fact]
    public void Fetch_ServerWithoutRanges_StartsAgain()
    {
        using FileServer server = new(Content) { Ranges = false };
        _folder.Write("sub/file.bin.part", Content[..1000]);
        server.Cuts.Enqueue(2000);

        Fetch(server);

        Assert.Equal([1000, 2000], server.Asked);
        Assert.Equal(Content, File.ReadAllBytes(Target));
    }

    [Fact]
    public void Fetch_ServerThatAlwaysCuts_GivesUpAndKeepsThePart()
    {
        using FileServer server = new(Content);
        server.Cuts.Enqueue(1000);
        for (int i = 0; i < 10; i++)
        {
            server.Cuts.Enqueue(0);
        }

        DataSetException thrown = Assert.Throws<DataSetException>(() => Fetch(server));

        Assert.Contains("cut 5 times in a row after 1000 bytes", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(Content[..1000], File.ReadAllBytes(Target + ".part"));
    }

    [Fact]
    public void Fetch_WrongChecksum_ThrowsTheBytesAway()
    {
        using FileServer server = new([.. Content[..^1], (byte)~Content[^1]]);

        DataSetException thrown = Assert.Throws<DataSetException>(() => Fetch(server));

        Assert.Contains($"not {File1.Checksum}", thrown.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
        Assert.False(File.Exists(Target + ".part"));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(503)]
    public void Fetch_ServerRefuses_NamesStatusAndAddress(int status)
    {
        using FileServer server = new(Content) { Status = status };

        DataSetException thrown = Assert.Throws<DataSetException>(() => Fetch(server));

        Assert.Contains($"file.bin: the server answered {status}", thrown.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public void Fetch_NoServer_SaysThatItCannotBeReached()
    {
        using Downloader downloader = new(TimeSpan.FromSeconds(10));

        DataSetException thrown = Assert.Throws<DataSetException>(() => downloader.Fetch(ClosedPort(), File1, _folder.Path, Context()));

        Assert.Contains("cannot be reached", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fetch_SilentServer_GivesUpAfterTheStall()
    {
        // Accepts connections by the operating system's backlog, and never answers.
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        using Downloader downloader = new(TimeSpan.FromMilliseconds(20));
        Uri address = new($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/file.bin");

        DataSetException thrown = Assert.Throws<DataSetException>(() => downloader.Fetch(address, File1, _folder.Path, Context()));

        Assert.Contains("nothing came for", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fetch_Cancelled_StopsAndKeepsThePart()
    {
        using FileServer server = new(Content);
        using CancellationTokenSource stop = new();
        ReadContext context = new("set", new Reporter(_ => stop.Cancel()), stop.Token);
        using Downloader downloader = new(TimeSpan.FromSeconds(10));

        Assert.ThrowsAny<OperationCanceledException>(() => downloader.Fetch(new Uri(server.Address, "file.bin"), File1, _folder.Path, context));

        Assert.True(new FileInfo(Path.Combine(_folder.Path, "file.bin.part")).Length > 0);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "file.bin")));
    }

    [Fact]
    public void Fetch_TwoAtOnce_DownloadOnce()
    {
        using FileServer server = new(Content);
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() => Fetch(server)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(Content, File.ReadAllBytes(Target));
        Assert.False(File.Exists(Target + ".part"));
    }

    [Fact]
    public void Fetch_FolderThatCannotBeMade_SaysSo()
    {
        using FileServer server = new(Content);
        _folder.Write("sub", [1]);

        DataSetException thrown = Assert.Throws<DataSetException>(() => Fetch(server));

        Assert.Contains("cannot be written", thrown.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static Uri ClosedPort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/file.bin");
    }

    private void Fetch(FileServer server, KnownFile? file = null)
    {
        using Downloader downloader = new(TimeSpan.FromSeconds(30));
        downloader.Fetch(new Uri(server.Address, File1.Name), file ?? File1, Path.Combine(_folder.Path, "sub"), Context());
    }

    private ReadContext Context() => new("set", new Reporter(Add), TestContext.Current.CancellationToken);

    private void Add(DataProgress step)
    {
        lock (_progress)
        {
            _progress.Add(step);
        }
    }

    /// <summary>Reports at once and on the same thread, which <see cref="Progress{T}"/> does not.</summary>
    private sealed class Reporter(Action<DataProgress> report) : IProgress<DataProgress>
    {
        public void Report(DataProgress value) => report(value);
    }
}
