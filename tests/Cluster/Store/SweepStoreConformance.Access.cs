using System.Data.Common;
using Dapper;
using Sweeper.Contracts.Access;
using Xunit;

namespace Sweeper.Tests.Cluster.Store;

/// <content>Tokens and the audit log.</content>
public abstract partial class SweepStoreConformance
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Tokens_AddedFoundAndRevoked_AreKeptByTheirHashesOnly()
    {
        string secret = TokenSecret.Create();
        AccessToken token = Token("anna") with { ExpiresAt = Noon + TimeSpan.FromDays(1) };

        Assert.True(await Store.AddTokenAsync(token, TokenSecret.HashOf(secret), Stop));
        Assert.True(await Store.AddTokenAsync(token, TokenSecret.HashOf(secret), Stop)); // the answer of the first try was lost
        Assert.False(await Store.AddTokenAsync(Token("anna"), TokenSecret.HashOf(TokenSecret.Create()), Stop));
        Assert.False(await Store.AddTokenAsync(Token("bert"), TokenSecret.HashOf(secret), Stop));
        Assert.Equal(token, await Store.FindTokenAsync(TokenSecret.HashOf(secret), Stop));
        Assert.Equal(token, await Store.FindTokenAsync(token.Id, Stop));
        Assert.Null(await Store.FindTokenAsync(secret, Stop));
        Assert.Null(await Store.FindTokenAsync(Guid.NewGuid(), Stop));

        Assert.True(await Store.RevokeTokenAsync("anna", Noon, "ada", Stop));
        Assert.True(await Store.RevokeTokenAsync("anna", Noon, "ada", Stop)); // as above
        Assert.False(await Store.RevokeTokenAsync("anna", Noon + TimeSpan.FromSeconds(1), "ada", Stop));
        Assert.False(await Store.RevokeTokenAsync("nobody", Noon, "ada", Stop));
        AccessToken revoked = token with { RevokedAt = Noon, RevokedBy = "ada" };
        Assert.Equal(revoked, await Store.FindTokenAsync(token.Id, Stop));
        Assert.False(revoked.IsGood(Noon));

        AccessToken next = Token("anna") with { CreatedAt = Noon + TimeSpan.FromMinutes(1), Role = AccessRole.Admin };
        Assert.True(await Store.AddTokenAsync(next, TokenSecret.HashOf(TokenSecret.Create()), Stop));
        Assert.Equal([next, revoked], await Store.ListTokensAsync(Stop));
        await using DbConnection connection = Connect();
        Assert.All(await connection.QueryAsync<string>("SELECT hash FROM access_tokens"), hash => Assert.True(TokenSecret.IsHash(hash)));
    }

    [Fact]
    public async Task Audit_Entries_AreReadNewestFirstByWhatIsAsked()
    {
        AuditEntry[] entries =
        [
            Entry(0, "anna@box", "submit", "a"), Entry(1, "anna", "cancel", "a"), Entry(2, "annabel", "cancel", "a"), Entry(3, "ünïcödé\0", "cancel", "b"),
            Entry(4, "anna@box", "workers drain", null) with { Target = "node/cpu", Outcome = AuditOutcome.Unchanged },
        ];
        foreach (AuditEntry entry in entries.Append(entries[0]))
        {
            await Store.RecordAsync(entry, Stop);
        }

        entries[3] = entries[3] with { By = "ünïcödé\uFFFD" };
        await Store.AppendAsync(Samples.First("a"), Stop);
        Assert.True(await Store.DeleteAsync("a", Stop)); // what was done to it stays

        Assert.Equal(entries.Reverse(), await Store.ReadAuditAsync(new AuditQuery(), Stop));
        await ReadsAsync(new AuditQuery(Sweep: "a"), 2, 1, 0);
        await ReadsAsync(new AuditQuery(By: "anna"), 4, 1, 0);
        await ReadsAsync(new AuditQuery(By: "anna@box"), 4, 0);
        await ReadsAsync(new AuditQuery(By: "%"));
        await ReadsAsync(new AuditQuery(Since: Noon + TimeSpan.FromMinutes(3)), 4, 3);
        await ReadsAsync(new AuditQuery("a", "anna", Noon + TimeSpan.FromMinutes(1), 10), 1);
        await ReadsAsync(new AuditQuery(Most: 2), 4, 3);
        await ReadsAsync(new AuditQuery(Sweep: "a' OR '1' = '1"));

        async Task ReadsAsync(AuditQuery query, params int[] wanted) =>
            Assert.Equal(wanted.Select(index => entries[index]), await Store.ReadAuditAsync(query, Stop));
    }

    private static AccessToken Token(string name) => new(Guid.CreateVersion7(Noon), name, AccessRole.Viewer, Noon, "ada@box");

    private static AuditEntry Entry(int minute, string by, string action, string? sweep)
    {
        DateTimeOffset at = Noon + TimeSpan.FromMinutes(minute);
        return new AuditEntry(Guid.CreateVersion7(at), at, by, "a test", action, sweep, null, AuditOutcome.Done, "it goes on");
    }
}
