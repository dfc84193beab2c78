using System.Collections.Immutable;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Specs.Reading;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning.Sampling;
using Sweeper.Grains.Store;

namespace Sweeper.Grains.Sweeps;

/// <summary>Finds in the store what a search begins with.</summary>
/// <param name="store">The store.</param>
internal sealed class WarmStartReader(ISweepStore store)
{
    /// <summary>What a spec that asks for it takes from earlier sweeps, or what is wrong with the sweeps that it names.</summary>
    public async Task<WarmStartFindings> FindAsync(SweepSpec spec, CancellationToken stop)
    {
        if (spec is not { Purpose: SweepPurpose.Search, Search.WarmStart: { } asked })
        {
            return new WarmStartFindings(null, []);
        }

        ImmutableArray<SweepSummary> all = await store.ListAsync(stop);
        return asked.IsAuto ? await FindAsync(spec, all, stop) : await NamedAsync(spec, asked, all, stop);
    }

    private async Task<WarmStartFindings> FindAsync(SweepSpec spec, ImmutableArray<SweepSummary> all, CancellationToken stop)
    {
        string family = ModelFamilies.Of(spec.Model.Name);
        var found = ImmutableArray.CreateBuilder<SweepResults>();
        foreach (SweepSummary sweep in all.Where(sweep => sweep.Status == SweepStatus.Completed && sweep.Ended > 0 && sweep.Name != spec.Name
            && sweep.DataSet == spec.Data.Set && ModelFamilies.Of(sweep.Model) == family))
        {
            if (found.Count < WarmSelection.MostSources && await store.ReadResultsAsync(sweep.Name, stop) is { Spec.Purpose: SweepPurpose.Search } results
                && results.Spec.Data.IsSameSet(spec.Data) && results.Spec.Trainer?.Identity == spec.Trainer?.Identity)
            {
                found.Add(results);
            }
        }

        return new WarmStartFindings(WarmSelection.Of(spec, found.ToImmutable()), []);
    }

    private async Task<WarmStartFindings> NamedAsync(SweepSpec spec, WarmStartSpec asked, ImmutableArray<SweepSummary> all, CancellationToken stop)
    {
        var problems = ImmutableArray.CreateBuilder<SpecProblem>();
        var found = ImmutableArray.CreateBuilder<SweepResults>();
        foreach (string name in asked.Sweeps)
        {
            if (name == spec.Name)
            {
                problems.Add(Problem(asked, name, "is this sweep itself; name an earlier one"));
            }
            else if (await store.ReadResultsAsync(name, stop) is not { } results)
            {
                string hint = NearestName.Of(name, all.Select(sweep => sweep.Name)) is { } nearest ? $"did you mean {nearest}?" : "`sweeper list` shows those that there are";
                problems.Add(Problem(asked, name, $"there is no sweep of that name in the store; {hint}"));
            }
            else if (WarmSelection.Of(spec, [results]).Sources[0] is { Usable: 0 } useless)
            {
                problems.Add(Problem(asked, name, $"nothing can be taken from this sweep: {useless.Left}; name another, or take auto"));
            }
            else
            {
                found.Add(results);
            }
        }

        return problems.Count > 0
            ? new WarmStartFindings(null, problems.ToImmutable())
            : new WarmStartFindings(WarmSelection.Of(spec, found.ToImmutable()), []);
    }

    private static SpecProblem Problem(WarmStartSpec asked, string name, string text) => new(
        asked.Sweeps.Length == 1 ? WarmStartSpec.Path : $"{WarmStartSpec.Path}[{asked.Sweeps.IndexOf(name)}]", name, text);
}
