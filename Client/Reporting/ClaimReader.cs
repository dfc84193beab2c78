using System.Collections.Immutable;
using Sweeper.Client.Connecting;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reporting;

/// <summary>Asks what a sweep may claim against its baselines.</summary>
internal static class ClaimReader
{
    /// <summary>The claims; none, and nothing asked, where no baseline has finished.</summary>
    public static async Task<ImmutableArray<Claim>> OfAsync(ClusterConnection connection, SweepResults results, CancellationToken stop)
    {
        if (!results.Trials.Any(trial => trial is { Role: TrialRole.Baseline, Score: not null }))
        {
            return [];
        }

        SweepAnalysis analysis = await connection.FetchAsync(
            client => client.GetGrain<IResultsGrain>(0).AnalyseAsync(results.Summary.Name), stop);
        return analysis.Claims;
    }
}
