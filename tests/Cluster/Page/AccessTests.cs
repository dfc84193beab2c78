using System.Net;
using Sweeper.Silo;
using Sweeper.Silo.Page.Access;
using Xunit;

namespace Sweeper.Tests.Cluster.Page;

/// <summary>Keys, sessions, codes and the limit of attempts, with time in the test's hand.</summary>
public sealed class AccessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sweeper-page-").FullName;
    private readonly ManualClock _clock = new();

    private string KeyFile => Path.Combine(_folder, "page.key");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Key_NewFolder_IsItsOwnersOnlyAndStays()
    {
        PageKey made = PageKey.Open(_folder);
        string text = File.ReadAllText(KeyFile).Trim();

        Assert.True(made.Is(text));
        Assert.True(PageKey.Open(_folder).Is(text));
        Assert.False(made.Is(text[..^1] + (text[^1] == '0' ? '1' : '0')));
        Assert.False(made.Is(""));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
            File.SetUnixFileMode(KeyFile, File.GetUnixFileMode(KeyFile) | UnixFileMode.OtherRead);
            PageKey.Open(_folder);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        }
    }

    [Fact]
    public void Key_FileThatHoldsNone_IsRefusedWithWhatToDo()
    {
        File.WriteAllText(KeyFile, "short");

        SiloStartException refused = Assert.Throws<SiloStartException>(() => PageKey.Open(_folder));

        Assert.Contains("delete it", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Session_Token_IsGoodUntilItsTimeIsUpAndForItsKeyOnly()
    {
        PageKey key = PageKey.Open(_folder);
        var sessions = new PageSessions(key, _clock);
        string token = sessions.Begin();

        Assert.True(sessions.IsValid(token, out bool renew));
        Assert.False(renew);
        Assert.True(new PageSessions(key, _clock).IsValid(token, out _)); // another silo on the same folder
        _clock.Pass(PageSessions.Lifetime * 0.6);
        Assert.True(sessions.IsValid(token, out renew));
        Assert.True(renew);
        _clock.Pass(PageSessions.Lifetime * 0.5);
        Assert.False(sessions.IsValid(token, out _));

        token = sessions.Begin();
        for (int i = 0; i < token.Length; i++)
        {
            string changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            Assert.False(sessions.IsValid(changed, out _), $"letter {i}");
        }

        File.Delete(KeyFile);
        Assert.False(new PageSessions(PageKey.Open(_folder), _clock).IsValid(token, out _));
        Assert.False(sessions.IsValid("", out _));
        Assert.False(sessions.IsValid(null, out _));
    }

    [Fact]
    public void Session_Ended_IsGoodNoMoreAndForgottenInTime()
    {
        var sessions = new PageSessions(PageKey.Open(_folder), _clock);
        string token = sessions.Begin();
        string other = sessions.Begin();

        sessions.End(token);
        sessions.End("no token");

        Assert.False(sessions.IsValid(token, out _));
        Assert.True(sessions.IsValid(other, out _));
    }

    [Fact]
    public void Code_Taken_IsGoodOnceAndForTenMinutes()
    {
        var codes = new SignInCodes(_clock);
        string code = codes.Create();

        Assert.False(codes.Take("0" + code));
        Assert.True(codes.Take(code));
        Assert.False(codes.Take(code));

        code = codes.Create();
        _clock.Pass(SignInCodes.Lifetime);
        Assert.False(codes.Take(code));
    }

    [Fact]
    public void Code_HundredsOfThem_KeepsTheLast()
    {
        var codes = new SignInCodes(_clock);
        string first = codes.Create();
        string last = first;
        for (int i = 0; i < 300; i++)
        {
            _clock.Pass(TimeSpan.FromSeconds(0.1));
            last = codes.Create();
        }

        Assert.False(codes.Take(first));
        Assert.True(codes.Take(last));
    }

    [Fact]
    public void Limit_ManyFailures_HaveTheirAddressWaitAndNoOther()
    {
        var limit = new SignInLimit(_clock);
        IPAddress wrong = IPAddress.Parse("192.0.2.1");
        for (int i = 0; i < SignInLimit.Failures; i++)
        {
            Assert.Null(limit.Wait(wrong));
            limit.Fail(wrong);
            _clock.Pass(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(SignInLimit.Window - TimeSpan.FromSeconds(SignInLimit.Failures), limit.Wait(wrong));
        Assert.Null(limit.Wait(IPAddress.Parse("192.0.2.2")));
        _clock.Pass(SignInLimit.Window - TimeSpan.FromSeconds(SignInLimit.Failures));
        Assert.Null(limit.Wait(wrong)); // the first has run out

        for (int i = 0; i < 5000; i++) // however many addresses there are, what is kept is bounded
        {
            limit.Fail(new IPAddress(i + 1L));
        }

        Assert.NotNull(limit.Wait(new IPAddress(4999L)));
        Assert.NotNull(limit.Wait(IPAddress.Parse("192.0.2.3"))); // a further one shares the account of all that are too many
    }
}
