using System.Collections.Immutable;
using System.Diagnostics;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Planning.Samplers;
using Sweeper.Grains.Planning.Stopping;

namespace Sweeper.Grains.Planning.Sampling;

/// <summary>
/// Search by a sampler: a configuration is chosen when a slot is free for it, from everything that has ended until then.
/// With bounds from range tests a design of cells is tested first; the bounds of every other cell are predicted from them.
/// </summary>
internal static class SampledSearch
{
    /// <summary>Draws in a row that bring nothing new before a space counts as exhausted.</summary>
    private const int MostRepeats = 100;

    /// <summary>Trials that could be added now: configurations that are still to be chosen, promotions; 0 for strategies that plan ahead.</summary>
    public static int Left(SweepState state)
    {
        SweepSpec spec = state.Spec;
        if (!spec.SuggestsOnItsWay() || state.Exhausted)
        {
            return 0;
        }

        bool bounded = spec.Search.MaxLearningRate is not AxisSpec.FromRangeTest
            || state.HasOpenRangeTests || state.BoundedCells > 0;
        int room = (spec.Limits.Trials ?? int.MaxValue) - state.Trials.Count;
        int left = state.Ladder is { } ladder ? ladder.Available(Configurations(state)) : Math.Max(0, Configurations(state) - state.Chosen);
        return !bounded || room <= 0 ? 0 : Math.Min(left, room);
    }

    /// <summary>Whether one could be chosen now: every range test of the design has ended.</summary>
    public static bool CanSuggest(SweepState state) => !state.HasOpenRangeTests;

    /// <summary>The sweep with one more configuration, all its seeds ready; exhausted where the space has no other.</summary>
    public static SweepState Suggest(SweepState state)
    {
        if (Left(state) == 0 || !CanSuggest(state))
        {
            return state;
        }

        if (state.Ladder is { } ladder)
        {
            RungStep? step = ladder.Next(Configurations(state));
            return step is null ? state
                : step.Job.Configuration <= ladder.Started ? Promoted(state, ladder, step)
                : Chosen(state, ladder.Table.Settings.EpochsOf(step.Job.Rung), step.Job.Rung, $", {step.Reason}");
        }

        return Chosen(state, state.Spec.Training.Epochs, rung: null, "");
    }

    /// <summary>The sweep with one more configuration.</summary>
    private static SweepState Chosen(SweepState state, double epochs, int? rung, string place)
    {
        SweepSpec spec = state.Spec;
        SampledHistory sampled = state.Sampled!; // there is one wherever configurations are chosen on the way
        SampledSpace space = sampled.Space;
        RateBounds? bounds = spec.Search.MaxLearningRate is AxisSpec.FromRangeTest ? RateBounds.Of(state.Cells) : null;
        IReadOnlyList<Observation> history = History(state, sampled, bounds);
        (SamplerKind kind, string name) = Sampler(spec.Search.Strategy);
        WarmPriors? warm = WarmPriors.Of(state, space);
        foreach ((Point first, string why) in warm?.First ?? [])
        {
            (Configuration at, double? position) = space.At(first, bounds);
            if (!sampled.Holds(at))
            {
                return Added(state, at, position, epochs, rung, why + place);
            }
        }

        IReadOnlyList<Observation> own = history;
        history = warm?.Before([.. history]) ?? history;
        Point point = SamplerCatalog.Of(kind).Suggest(space.Space, (ulong)(uint)spec.Seed, history);
        for (int repeat = 0; repeat <= MostRepeats; repeat++)
        {
            (Configuration at, double? position) = space.At(point, bounds);
            if (!sampled.Holds(at))
            {
                return Added(state, at, position, epochs, rung, Why(name, own, history.Count - own.Count, repeat) + place);
            }

            point = SamplerCatalog.Of(SamplerKind.Random).Suggest(space.Space, (ulong)(uint)spec.Seed + (ulong)repeat + 1, history);
        }

        return state with { Exhausted = state.Ladder is null, SpaceExhausted = true, StatusReason = "every configuration of the space has been tried" };
    }

    /// <summary>The sweep with the next longer cycle of a configuration.</summary>
    private static SweepState Promoted(SweepState state, CycleLadder ladder, RungStep step)
    {
        (Configuration at, int trial) = ladder.Of(step.Job.Configuration);
        var plan = new TrialPlan(
            TrialRole.Candidate, ladder.Table.Settings.EpochsOf(step.Job.Rung), state.Spec.Training.Schedule, step.Reason, step.Job.Rung, trial);
        Additions more = WantedTrial.Place(state, [new WantedTrial(at, plan)]);
        return state.Add(more with { Trials = [.. more.Trials.Select(added => added with { Position = state.Trial(trial).Position })] });
    }

    /// <summary>How many configurations may start in all.</summary>
    private static int Configurations(SweepState state) =>
        state.SpaceExhausted ? state.Ladder?.Started ?? 0 : state.Spec.Search.Trials;

    private static SweepState Added(SweepState state, Configuration at, double? position, double epochs, int? rung, string why)
    {
        var plan = new TrialPlan(TrialRole.Candidate, epochs, state.Spec.Training.Schedule, why, rung);
        Additions more = WantedTrial.Place(
            state, Enumerable.Range(1, state.Spec.Search.Seeds).Select(replicate => new WantedTrial(at, plan, replicate)));
        return state.Add(more with { Trials = [.. more.Trials.Select(trial => trial with { Position = position })] });
    }

    /// <summary>
    /// Every configuration of the space in the order of choice: its mean accuracy once all its seeds have ended; on a ladder, what
    /// its longest cycle says of the whole length.
    /// </summary>
    private static IReadOnlyList<Observation> History(SweepState state, SampledHistory sampled, RateBounds? bounds)
    {
        if (state.Ladder is not null)
        {
            return RungHistory.Of(state, sampled);
        }

        if (state.Front.IsEmpty)
        {
            return sampled;
        }

        var history = ImmutableArray.CreateBuilder<Observation>();
        foreach (ChosenConfiguration row in sampled.Rows)
        {
            bool chosen = !state.Front.Contains(row.Trials[0].Number);
            if (chosen)
            {
                history.Add(row.Seen);
            }
            else if (sampled.Space.Find(row.At, state.Spec, bounds) is { } at) // otherwise a user put it into the queue, and it lies outside
            {
                history.Add(sampled.See(at, row.Trials));
            }
        }

        return history.ToImmutable();
    }

    private static string Why(string sampler, IReadOnlyList<Observation> history, int priors, int repeat)
    {
        (int pending, int failed) = history is SampledHistory sampled
            ? (sampled.Pending, sampled.Failed)
            : (history.Count(observation => observation.IsPending), history.Count(observation => observation.Failed));
        string from = FormattableString.Invariant($"{history.Count - pending - failed} results, {failed} failures and {pending} that still ran")
            + (priors > 0 ? FormattableString.Invariant($", beside {priors} results of earlier sweeps") : "");
        return repeat == 0
            ? $"suggested by {sampler} from {from}"
            : $"drawn at random: {sampler} suggested, from {from}, a configuration that was tried before";
    }

    private static (SamplerKind Kind, string Name) Sampler(SearchStrategy strategy) => strategy switch
    {
        SearchStrategy.Sobol => (SamplerKind.Sobol, "the Sobol' sequence"),
        SearchStrategy.Tpe => (SamplerKind.Tpe, "the tree-structured Parzen estimator"),
        SearchStrategy.GaussianProcess => (SamplerKind.GaussianProcess, "the Gaussian process"),
        SearchStrategy.CmaEs => (SamplerKind.CmaEs, "CMA-ES"),
        SearchStrategy.Random => (SamplerKind.Random, "random search"),
        _ => throw new UnreachableException(),
    };
}
