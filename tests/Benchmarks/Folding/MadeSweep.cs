using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Store;
using Sweeper.Grains.Sweeps;

namespace Sweeper.Tests.Benchmarks.Folding;

/// <summary>Events of a sweep that the planner led to its end, as the store would have them.</summary>
/// <param name="Spec">Spec.</param>
/// <param name="Events">Events.</param>
/// <param name="End">State after the last.</param>
/// <param name="Seconds">Time that the planner took for them.</param>
internal sealed record MadeSweep(SweepSpec Spec, ImmutableArray<StoredEvent> Events, SweepState End, double Seconds)
{
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Leads a sweep to its end on so many slots.</summary>
    public static MadeSweep Of(SweepSpec spec, int slots)
    {
        SweepState state = SweepPlanner.Start(spec);
        var events = ImmutableArray.CreateBuilder<StoredEvent>();
        var running = new Queue<JobTicket>();
        long leases = 0;
        long ticks = 0;
        Take(new SweepEvent.Submitted(Epoch, null, PlannerRules.Current));
        while (true)
        {
            while (running.Count < slots && state.SlotsWanted > 0)
            {
                if (Take(new SweepEvent.SlotGranted(new SlotLease(++leases, new WorkerKey("node", "cpu")), Now())) is not { } ticket)
                {
                    break;
                }

                running.Enqueue(ticket);
            }

            if (!running.TryDequeue(out JobTicket? job))
            {
                return new MadeSweep(spec, events.ToImmutable(), state, TimeSpan.FromTicks(ticks).TotalSeconds);
            }

            Take(new SweepEvent.JobEnded(job.Key, job.Attempt, MadeOutcome.Of(job), MadeOutcome.Run(job), Now()));
        }

        DateTimeOffset Now() => Epoch + TimeSpan.FromMilliseconds(events.Count);

        JobTicket? Take(SweepEvent change)
        {
            long before = TimeProvider.System.GetTimestamp();
            (SweepState next, ImmutableArray<SweepCommand> commands) = SweepPlanner.Decide(state, change);
            ticks += TimeProvider.System.GetElapsedTime(before).Ticks;
            if (!ReferenceEquals(next, state))
            {
                state = next;
                events.Add(EventJson.Write(state.Sequence, change));
            }

            return commands.OfType<SweepCommand.Start>().FirstOrDefault()?.Ticket;
        }
    }
}
