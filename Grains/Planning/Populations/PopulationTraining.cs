using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning.Recipe;
using Sweeper.Grains.Planning.Samplers;

namespace Sweeper.Grains.Planning.Populations;

/// <summary>
/// Population-based training (Jaderberg et al., arXiv:1711.09846) at cycle boundaries only: a network's weights are copied when a
/// whole run of it has ended, annealed, never on its way. A generation begins when every run of the one before has ended, and
/// follows from their results alone: in whatever order these come in, the same runs follow. Pure.
/// </summary>
internal static class PopulationTraining
{
    /// <summary>Whether a spec asks for it.</summary>
    public static bool IsAskedFor(SweepSpec spec) => spec is { Search.Strategy: SearchStrategy.Pbt, Purpose: SweepPurpose.Search };

    /// <summary>What follows from what has ended; nothing where that is nothing new.</summary>
    public static Additions Next(SweepState state)
    {
        SweepSpec spec = state.Spec;
        RateBounds? bounds = RateBounds.Of(state.Cells);
        if (state.Cells.Any(cell => cell.HasRangeTest && RecipeCells.IsOpen(cell)) || (bounds is null && spec.Search.MaxLearningRate is AxisSpec.FromRangeTest))
        {
            return Additions.None;
        }

        PopulationSpec size = spec.Search.Population ?? PopulationSpec.Default;
        var space = new PopulationSpace(spec, bounds);
        ILookup<int, TrialState> generations = state.Trials.ToLookup(trial => trial.Record.Plan?.Lineage?.Generation ?? 0);
        ImmutableArray<TrialState> before = [];
        for (int generation = 1; generation <= size.Generations; generation++)
        {
            ImmutableArray<TrialState> present = [.. generations[generation].OrderBy(MemberOf)];
            if (present.Length < size.Members)
            {
                ImmutableArray<Successor> wanted = generation == 1 ? First(spec, size.Members, space) : Boundary.Of(spec, generation, before, space);
                return Place(state, generation, generation == size.Generations, wanted.Where(one => present.All(trial => MemberOf(trial) != one.Member)));
            }

            if (!present.All(trial => trial.Record.Status is JobStatus.Done or JobStatus.Skipped))
            {
                return Additions.None;
            }

            before = present;
        }

        return Additions.None;
    }

    /// <summary>Why the sweep ends before its last generation; null: it does not, or not yet.</summary>
    public static string? EndedEarly(SweepState state)
    {
        TrialRecord? last = state.Trials.Select(trial => trial.Record).Where(trial => trial.Plan?.Lineage is not null).MaxBy(trial => trial.Plan!.Lineage!.Generation); // filtered by it
        return last?.Plan?.Lineage is { KeepsWeights: true } lineage && Generation(state, lineage.Generation).All(trial => trial.Record is { Status: JobStatus.Done, Score: null })
            ? $"no network of generation {lineage.Generation} has a result to go on from"
            : null;
    }

    /// <summary>Runs of a generation, by member.</summary>
    public static ImmutableArray<TrialState> Generation(SweepState state, int generation) =>
        [.. state.Trials.Where(trial => trial.Record.Plan?.Lineage?.Generation == generation).OrderBy(MemberOf)];

    /// <summary>Place of a run's network in the population.</summary>
    public static int MemberOf(TrialState trial) => trial.Record.Plan?.Lineage?.Member ?? 0;

    /// <summary>Fresh networks over the whole space, by the points of a Sobol' sequence.</summary>
    private static ImmutableArray<Successor> First(SweepSpec spec, int members, PopulationSpace space)
    {
        List<Observation> history = [];
        var first = ImmutableArray.CreateBuilder<Successor>(members);
        for (int member = 1; member <= members; member++)
        {
            Point point = SamplerCatalog.Of(SamplerKind.Sobol).Suggest(space.Space, (ulong)(uint)spec.Seed, history);
            history.Add(new Observation(point, null, Failed: false));
            first.Add(new Successor(member, point, null, $"member {member} of {members}: fresh weights, a point of the Sobol' sequence"));
        }

        return first.MoveToImmutable();
    }

    private static Additions Place(SweepState state, int generation, bool last, IEnumerable<Successor> wanted)
    {
        SweepSpec spec = state.Spec;
        RateBounds? bounds = RateBounds.Of(state.Cells);
        var space = new PopulationSpace(spec, bounds);
        Successor[] members = [.. wanted];
        Additions more = WantedTrial.Place(state, members.Select(one =>
        {
            TrialRecord? from = one.From?.Record;
            var lineage = new Lineage(
                one.Member,
                generation,
                from?.Number,
                from is null ? null : JobIdentity.OfTrial(spec, from.Configuration, from.Seed, from.Plan),
                from?.Plan is { Lineage: { } line } run ? line.EpochsBefore + run.Epochs : 0,
                KeepsWeights: !last);
            var plan = new TrialPlan(
                TrialRole.Candidate, spec.Training.Epochs, spec.Training.Schedule, $"generation {generation}, {one.Why}", Parent: from?.Number, Lineage: lineage);
            return new WantedTrial(space.At(one.Point).At, plan);
        }));
        return more with
        {
            Trials =
            [
                .. more.Trials.Zip(members, (trial, one) => trial with
                {
                    Position = space.At(one.Point).Position,
                    Record = trial.Record with { Seed = SplitMix.TrialSeed(spec.Seed, generation) }, // another order of the images in each
                }),
            ],
        };
    }
}
