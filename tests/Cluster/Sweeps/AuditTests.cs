using System.Collections.Immutable;
using Sweeper.Contracts.Access;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Xunit;

namespace Sweeper.Tests.Cluster.Sweeps;

/// <summary>What stands before the grains and keeps what users do.</summary>
public sealed class AuditTests(SweepCluster cluster) : IClassFixture<SweepCluster>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_OfUsers_AreKeptWithWhoFromWhereAndWhatCameOfIt()
    {
        new Caller("anna\u001b[2J@box", "console on box").Speak();
        IAccessGrain access = cluster.Silo.Client.GetGrain<IAccessGrain>(0);
        await Assert.ThrowsAsync<SweepNotFoundException>(() => cluster.Sweep("gone").CancelAsync());
        SubmitResult refused = await cluster.Sweep("bad name").SubmitAsync(SweepCluster.Trials("other", 1));
        Assert.Equal(SubmitStatus.Refused, refused.Status);
        await cluster.Silo.Client.GetGrain<IGpuWorkerGrain>((await cluster.Silo.Client.GetGrain<IWorkerPoolGrain>(0).ListAsync())[0].Key.ToString()).SetDutyAsync(WorkerDuty.Open, null);
        Assert.True((await access.CreateTokenAsync("vera", AccessRole.Viewer, TokenSecret.HashOf("x"), null)).Done);
        Assert.False((await access.RevokeTokenAsync("nobody")).Done);
        Assert.False((await access.CreateTokenAsync("not a name", (AccessRole)7, "no hash", TimeSpan.Zero)).Done);

        ImmutableArray<AuditEntry> kept = await access.ReadAuditAsync(new AuditQuery(By: "anna?[2J"));

        Assert.Equal(
            ["tokens create unchanged not a name", "tokens revoke unchanged nobody", "tokens create done vera", "workers readmit done", "submit refused bad name", "cancel refused gone"],
            kept.Select(entry => $"{entry.Action} {entry.Outcome.ToString().ToLowerInvariant()} {entry.Sweep ?? (entry.Action == "workers readmit" ? "" : entry.Target)}".TrimEnd()));
        Assert.All(kept, entry => Assert.Equal("console on box", entry.From));
    }

    [Fact]
    public async Task Calls_OfNobody_AreKeptAsUnknown()
    {
        await Assert.ThrowsAsync<SweepNotFoundException>(() => cluster.Sweep("of-nobody").PauseAsync());

        AuditEntry entry = Assert.Single(await cluster.Store.Access.ReadAuditAsync(new AuditQuery(Sweep: "of-nobody"), Stop));
        Assert.Equal(("unknown", "pause", AuditOutcome.Refused), (entry.By, entry.Action, entry.Outcome));
    }
}
