using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Files, folders, ports, databases and options that cannot be used: one clear message, exit code 2.</summary>
public sealed class EnvironmentTests
{
    /// <summary>What is wrong, arguments, what the message must say. SPEC stands for a good spec's file.</summary>
    public static TheoryData<string, string, string> Arguments => new()
    {
        { "no such verb", "rnu SPEC", "rnu" },
        { "no such option", "run SPEC --thread 1", "--thread" },
        { "no spec", "run", "SPEC" },
        { "no such file", "run absent.yaml", "absent.yaml" },
        { "a folder for a spec", "run .", "folder" },
        { "slots of none", "run SPEC --slots 0", "--slots" },
        { "threads of text", "run SPEC --threads many", "--threads" },
        { "unknown log level", "run SPEC --log-level loud", "loud" },
        { "cluster without port", "run SPEC --cluster here", "HOST:PORT" },
        { "silo that is not there", "run SPEC --silo ./nowhere", "There is no silo at" },
        { "unknown output", "run SPEC -o xml", "xml" },
        { "unwritable directory", "run SPEC --data-dir /proc/sweeper", "/proc/sweeper" },
        { "a file for a directory", "run SPEC --data-dir SPEC", "cannot be written" },
        { "connection string that is none", "run SPEC --postgres ;;;", "connection string" },
        { "negative epochs", "train SPEC --epochs -1", "epochs" },
        { "export into no folder", "export any --to nowhere/at/all.csv", "nowhere" },
    };

    [Theory]
    [MemberData(nameof(Arguments))]
    public async Task Command_BadArguments_ExitsWith2(string what, string arguments, string message)
    {
        await using var sandbox = new Sandbox();
        string spec = sandbox.Write("good.yaml", Specs.Trials("good", 1, epochs: 1));

        Ended ended = await sandbox.RunAsync([.. arguments.Split(' ').Select(argument => argument == "SPEC" ? spec : argument)]);

        BadInput.Assert(ended, message, what);
    }

    [Fact]
    public async Task Run_SpecThatIsNoText_ExitsWith2()
    {
        await using var sandbox = new Sandbox();
        string spec = sandbox.Write("bad.yaml", "");
        await File.WriteAllBytesAsync(spec, [0xFF, 0xFE, 0x00, 0x80], TestContext.Current.CancellationToken);

        BadInput.Assert(await sandbox.RunAsync("run", spec), "UTF-8", "binary spec");
    }

    [Theory]
    [InlineData("show absent")]
    [InlineData("best absent")]
    [InlineData("retry absent")]
    [InlineData("plot absent")]
    public async Task Verb_SweepThatIsNot_ExitsWith2(string arguments)
    {
        await using var sandbox = new Sandbox();

        BadInput.Assert(await sandbox.RunAsync(arguments.Split(' ')), "There is no sweep named 'absent'", arguments);
    }

    [Fact]
    public async Task Run_DatabaseOfANewerSchema_ExitsWith2AndLeavesItAlone()
    {
        await using var sandbox = new Sandbox();
        string spec = sandbox.Write("good.yaml", Specs.Trials("good", 1, epochs: 1));
        await sandbox.OutputAsync("run", spec);
        await sandbox.SiloEndsAsync();
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(sandbox.Data, "sweeper.db")};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "INSERT INTO schema_version SELECT version + 98, applied_at FROM schema_version";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        BadInput.Assert(await sandbox.RunAsync("run", spec, "-o", "json"), "newer", "newer schema");
    }

    [Fact]
    public async Task Run_DatabaseThatIsNone_ExitsWith2()
    {
        await using var sandbox = new Sandbox();
        string spec = sandbox.Write("good.yaml", Specs.Trials("good", 1, epochs: 1));
        sandbox.Write("data/sweeper.db", new string('x', 10_000));

        BadInput.Assert(await sandbox.RunAsync("run", spec), "sweeper.db", "a text for a database");
    }

    [Fact]
    public async Task Run_FullDisk_SaysSo()
    {
        await using var sandbox = new Sandbox();
        string spec = sandbox.Write("good.yaml", Specs.Trials("good", 1, epochs: 1));
        Directory.CreateDirectory(sandbox.Data);
        Assert.SkipUnless(Namespaces.CanMount, "This system lets the test mount no small file system (unshare -rm).");

        Ended ended = await sandbox.StartOnFullDisk("run", spec).EndAsync(TimeSpan.FromMinutes(1));

        BadInput.Assert(ended, "is full", "disk full");
    }

    [Theory]
    [InlineData("--http-port")]
    [InlineData("--gateway-port")]
    [InlineData("--silo-port")]
    public async Task Silo_PortInUse_ExitsWith2(string option)
    {
        await using var sandbox = new Sandbox();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        Ended ended = await sandbox.StartSilo("--data-dir", sandbox.Data, option, port).EndAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains($"port {port} cannot be used", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a label file that is cut off", "train-labels-idx1-ubyte", 20, "train-labels-idx1-ubyte")]
    [InlineData("an image file that is cut off", "train-images-idx3-ubyte", 900, "train-images-idx3-ubyte")]
    [InlineData("an empty image file", "t10k-images-idx3-ubyte", 0, "t10k-images-idx3-ubyte")]
    public async Task Run_TruncatedDataFile_ExitsWith2(string what, string file, int bytes, string message)
    {
        await using var sandbox = new Sandbox();
        IdxFiles.Write(Path.Combine(sandbox.Root, "mnist"), side: 28);
        await using (FileStream cut = File.OpenWrite(Path.Combine(sandbox.Root, "mnist", file)))
        {
            cut.SetLength(bytes);
        }

        BadInput.Assert(await RunOnMnistAsync(sandbox, "mlp"), message, what);
    }

    [Fact]
    public async Task Run_DataFileOfAnotherKind_ExitsWith2()
    {
        await using var sandbox = new Sandbox();
        IdxFiles.Write(Path.Combine(sandbox.Root, "mnist"), side: 28);
        sandbox.Write("mnist/train-images-idx3-ubyte", "<html>404 not found</html>");

        BadInput.Assert(await RunOnMnistAsync(sandbox, "mlp"), "train-images-idx3-ubyte", "HTML for images");
    }

    [Fact]
    public async Task Run_FolderWithoutData_ExitsWith2()
    {
        await using var sandbox = new Sandbox();
        Directory.CreateDirectory(Path.Combine(sandbox.Root, "mnist"));

        BadInput.Assert(await RunOnMnistAsync(sandbox, "mlp"), "train-images-idx3-ubyte", "empty folder");
    }

    [Fact]
    public async Task Run_ModelTooDeepForTheImages_ExitsWith2()
    {
        await using var sandbox = new Sandbox();
        IdxFiles.Write(Path.Combine(sandbox.Root, "mnist"), side: 6);

        BadInput.Assert(await RunOnMnistAsync(sandbox, "lenet"), "lenet", "wrong model for the data");
    }

    [Fact]
    public async Task Submit_NeedsThatNoDeviceMeets_ExitsWith2AndSaysWhatThereIs()
    {
        await using var sandbox = new Sandbox();
        string spec = sandbox.Write("spec.yaml", Specs.Trials("greedy", 1, 1));

        BadInput.Assert(
            await sandbox.RunAsync("run", spec, "--set", "sharing.requires=[tpu, bf16]", "--set", "sharing.min_memory=100"),
            "no device has bf16, tpu and 100 GiB; ",
            "labels that nothing here has");
        BadInput.Assert(await sandbox.RunAsync("validate", spec, "--set", "sharing.requires=Big GPU"), "sharing.requires", "no label");
        await sandbox.OutputAsync("run", spec, "--set", "sharing.requires=cpu", "--set", "sharing.min_memory=0.1");
    }

    [Fact]
    public async Task Run_ImageThatIsNone_ExitsWith2()
    {
        await using var sandbox = new Sandbox();
        foreach (string part in new[] { "train", "test" })
        {
            sandbox.Write($"images/{part}/cat/1.png", "no picture");
            sandbox.Write($"images/{part}/dog/1.png", "no picture");
        }

        string spec = sandbox.Write("bad.yaml", Specs.Trials("bad", 1, epochs: 1)
            .Replace("{set: synthetic}", $"{{set: image-folder, path: {sandbox.Root}/images, image_size: 28}}", StringComparison.Ordinal));

        BadInput.Assert(await sandbox.RunAsync("run", spec), "1.png", "text for a picture");
    }

    private static Task<Ended> RunOnMnistAsync(Sandbox sandbox, string model)
    {
        string spec = sandbox.Write("bad.yaml", Specs.Trials("bad", 1, epochs: 1)
            .Replace("{set: synthetic}", $"{{set: mnist, path: {sandbox.Root}/mnist}}", StringComparison.Ordinal)
            .Replace("model: mlp", "model: " + model, StringComparison.Ordinal));
        return sandbox.RunAsync("run", spec);
    }
}
