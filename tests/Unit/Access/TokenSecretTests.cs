using Sweeper.Contracts.Access;
using Xunit;

namespace Sweeper.Tests.Unit.Access;

public sealed class TokenSecretTests
{
    [Fact]
    public void Create_Secrets_HaveTheFormAndDiffer()
    {
        string[] secrets = [.. Enumerable.Range(0, 100).Select(_ => TokenSecret.Create())];

        Assert.Equal(100, secrets.Distinct().Count());
        Assert.All(secrets, secret => Assert.True(TokenSecret.HasForm(secret) && secret.Length == 47 && TokenSecret.IsHash(TokenSecret.HashOf(secret))));
        Assert.False(TokenSecret.HasForm(secrets[0] + "x"));
        Assert.False(TokenSecret.HasForm("page key"));
    }

    [Fact]
    public void HashOf_KnownText_IsItsSha256() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", TokenSecret.HashOf("abc")); // FIPS 180-2, appendix B.1

    [Theory]
    [InlineData("anna", true)]
    [InlineData("anna.b-2_c", true)]
    [InlineData("", false)]
    [InlineData("-anna", false)]
    [InlineData("anna@box", false)]
    [InlineData("anna\n", false)]
    [InlineData("Owner", false)]
    [InlineData("sweeper", false)]
    public void ComplaintOf_Names_TakesThoseThatStandForNobodyElse(string name, bool good) => Assert.Equal(good, TokenSecret.ComplaintOf(name) is null);

    [Fact]
    public void IsGood_Token_UntilItRunsOutOrIsRevoked()
    {
        DateTimeOffset now = DateTimeOffset.UnixEpoch;
        var token = new AccessToken(Guid.NewGuid(), "anna", AccessRole.Viewer, now, "ada");

        Assert.True(token.IsGood(now));
        Assert.True((token with { ExpiresAt = now.AddTicks(1) }).IsGood(now));
        Assert.False((token with { ExpiresAt = now }).IsGood(now));
        Assert.False((token with { RevokedAt = now }).IsGood(now));
    }

    [Fact]
    public void Clean_TextOfAClient_IsOneBoundedLineThatATerminalTakes()
    {
        Assert.Equal("a??[31m?b", Caller.Clean("a\r\u001b[31m\u202Eb"));
        Assert.Equal(200, Caller.Clean(new string('x', 1000)).Length);
        Assert.Equal(("anna", "", "anna"), (Caller.UserOf("anna@box"), Caller.UserOf(null), Caller.UserOf("anna")));
    }
}
