using Sweeper.Client;
using Sweeper.Client.Commands;
using Sweeper.Client.Connecting;
using Sweeper.Contracts.Access;
using Sweeper.Client.Following;
using Xunit;

namespace Sweeper.Tests.Unit.Client;

public sealed class ConnectingTests
{
    [Theory]
    [InlineData("/opt/a", "/b", "/c", "/opt/a")]
    [InlineData(null, "/b", "/c", "/b")]
    [InlineData(null, null, "/c", "/c/sweeper")]
    [InlineData(null, "", null, "/home/u/.local/share/sweeper")]
    public void Resolve_OptionThenEnvironmentThenHome_TakesTheFirst(string? option, string? home, string? share, string expected)
    {
        var environment = new Dictionary<string, string?> { ["SWEEPER_HOME"] = home, ["XDG_DATA_HOME"] = share, ["HOME"] = "/home/u" };

        Assert.Equal(expected, DataDirectory.Resolve(option, name => environment.GetValueOrDefault(name)).Root);
    }

    [Fact]
    public void EnsureWritable_BelowAFile_NamesTheFolderAndTheWayOut()
    {
        using var folder = new TestFolder();
        var data = new DataDirectory(Path.Combine(folder.File("file", ""), "below"));
        CliException refusal = Assert.Throws<CliException>(data.EnsureWritable);

        Assert.Equal(ExitCode.BadInput, refusal.ExitCode);
        Assert.Contains(data.Root, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--data-dir", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_WhatASiloWrites_IsRead()
    {
        using var folder = new TestFolder();
        string file = folder.File(
            "silo.json",
            """{"pid":12,"gatewayPort":30000,"httpPort":8080,"clusterId":"c","serviceId":"sweeper","startedAt":"2026-11-23T10:00:00Z","version":"0.1.0"}""");

        Assert.Equal((12, 30000, 8080, "c"), SiloDescription.TryRead(file) is { } read ? (read.Pid, read.GatewayPort, read.HttpPort, read.ClusterId) : default);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"pid":12,"gatewayPort":0,"httpPort":1,"clusterId":"c","serviceId":"s"}""")]
    public void TryRead_AnythingElse_IsNoSilo(string content)
    {
        using var folder = new TestFolder();

        Assert.Null(SiloDescription.TryRead(folder.File("silo.json", content)));
        Assert.Null(SiloDescription.TryRead(Path.Combine(folder.Path, "none.json")));
    }

    [Fact]
    public void Find_BuildOutput_IsBesideTheClients()
    {
        using var folder = new TestFolder();
        string client = Directory.CreateDirectory(Path.Combine(folder.Path, "bin", "Client", "release")).FullName;
        string silo = Directory.CreateDirectory(Path.Combine(folder.Path, "bin", "Silo", "release")).FullName;
        string dll = Path.Combine(silo, "Sweeper.Silo.dll");

        CliException refusal = Assert.Throws<CliException>(() => SiloExecutable.Find(null, client));
        Assert.Contains(dll, refusal.Message, StringComparison.Ordinal);

        File.WriteAllText(dll, "");
        Assert.Equal([dll], SiloExecutable.Find(null, client + Path.DirectorySeparatorChar).Arguments.ToArray());

        string published = Path.Combine(Directory.CreateDirectory(Path.Combine(client, "silo")).FullName, "Sweeper.Silo");
        File.WriteAllText(published, "");
        Assert.Equal(published, SiloExecutable.Find(null, client).File);
    }

    [Fact]
    public void ClusterAddress_SeveralGateways_AreAllRead()
    {
        Assert.Equal([("gpu1", 30000), ("::1", 30001)], ClusterAddress.Parse("gpu1:30000, [::1]:30001").Gateways.ToArray());
    }

    [Fact]
    public void Allows_DeathsInARowWithoutProgress_EndsAfterTheLimit()
    {
        var budget = new RestartBudget(3);

        Assert.Equal([true, true, true, true, true, false], new[] { 0, 0, 4, 4, 4, 4 }.Select(budget.Allows).ToArray());
    }

    [Theory]
    [InlineData("echo starting; echo 'sweeper silo: the port 99 is taken' >&2; exit 2", ExitCode.BadInput, "the port 99 is taken")]
    [InlineData("echo one line; kill -SEGV $$", ExitCode.Unreachable, "it crashed (SIGSEGV)")]
    [InlineData("echo 'Unhandled exception. Boom'; echo '   at X'; exit 134", ExitCode.Unreachable, "Unhandled exception. Boom")]
    public async Task OpenAsync_SiloThatDiesAtItsStart_TellsItsLastWords(string script, int exitCode, string says)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a POSIX shell.");
        using var folder = new TestFolder();
        CliException refusal = await Assert.ThrowsAsync<CliException>(() => OpenAsync(folder, script));

        Assert.Equal(exitCode, refusal.ExitCode);
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_Silo_IsStartedOnLoopbackWithFreePortsAndALeash()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a POSIX shell.");
        using var folder = new TestFolder();
        CliException refusal = await Assert.ThrowsAsync<CliException>(() => OpenAsync(folder, "echo \"$@\"; exit 2"));

        Assert.Equal(
            $"--data-dir {Path.Combine(folder.Path, "data")} --silo-port 0 --gateway-port 0 --http-port 0 --commands any --leash true --slots 2",
            refusal.Message);
    }

    [Fact]
    public void Quoted_WordsWithBlanks_SurviveAShell() =>
        Assert.EndsWith(" run 'my sweep.yaml' 'it'\\''s'", HowToRun.Line(["run", "my sweep.yaml", "it's"]), StringComparison.Ordinal);

    [Theory]
    [InlineData("/src/sweeper/artifacts/bin/Client/release/", "dotnet run --project Client -c Release --")]
    [InlineData("/src/sweeper/artifacts/bin/Client/debug", "dotnet run --project Client -c Debug --")]
    [InlineData("/usr/lib/sweeper", "sweeper")]
    public void Program_FromWhereItLies_IsHowItWasStarted(string folder, string program) => Assert.Equal(program, HowToRun.Program(folder));

    private static async Task OpenAsync(TestFolder folder, string script)
    {
        string silo = folder.File("silo.sh", "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(silo, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var options = new ConnectionOptions(
            new DataDirectory(Path.Combine(folder.Path, "data")), null, "c", new SiloStart(silo, Keep: false, ["--slots", "2"]), new TlsFiles("", "", ""));
        await using EmbeddedSilo opened = await EmbeddedSilo.OpenAsync(options, _ => { }, TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
