using System.Diagnostics;

namespace Sweeper.Grains.Planning.Stopping.Replaying;

/// <summary>
/// Replays a search over recorded cycles in virtual time: what a policy would have asked for, stopped and found. A full
/// training takes one unit of time on the average worker; each configuration has a pace of its own between 3/4 and 5/4, so
/// that workers do not march in step.
/// </summary>
internal static class Replay
{
    /// <summary>Runs one.</summary>
    /// <param name="trials">Configurations in the order in which they would be started.</param>
    /// <param name="policy">A fresh policy.</param>
    /// <param name="workers">Workers; at least 1.</param>
    /// <param name="seed">Seed of the paces.</param>
    public static ReplayResult Run(IReadOnlyList<RecordedTrial> trials, IReplayPolicy policy, int workers, int seed)
    {
        int top = trials[0].Cycles.Length - 1;
        double longest = trials[0].Cycles[top].Epochs;
        double[] paces = Paces(trials.Count, seed);
        var queue = new PriorityQueue<Running, (double, int)>();
        int started = 0;
        double now = 0;
        double cost = 0;
        double? found = null;
        var completed = new HashSet<int>();

        for (; ; )
        {
            while (queue.Count < workers && policy.Next() is { } job)
            {
                RecordedCycle cycle = trials[job.Configuration - 1].Cycles[job.Rung];
                Enqueue(new Running(started++, job, cycle, now, 0));
            }

            if (!queue.TryDequeue(out Running? running, out (double Time, int) at))
            {
                return new ReplayResult(found, completed, cost, now);
            }

            now = at.Time;
            if (!running.AtEnd && policy.GoesOn(running.Job, running.Cycle.Readings.AsSpan()[..(running.Seen + 1)]))
            {
                Enqueue(running with { Seen = running.Seen + 1 });
                continue;
            }

            cost += running.NextFraction * running.Cycle.Epochs / longest;
            if (running.AtEnd)
            {
                policy.Ended(running.Job, running.Cycle);
                if (running.Job.Rung == top && running.Cycle.Final is { } final)
                {
                    completed.Add(trials[running.Job.Configuration - 1].Number);
                    found = Math.Max(found ?? 0, final);
                }
            }
        }

        void Enqueue(Running running)
        {
            double length = running.Cycle.Epochs / longest * paces[running.Job.Configuration - 1];
            queue.Enqueue(running, (running.StartedAt + (running.NextFraction * length), running.Order));
        }
    }

    private static double[] Paces(int count, int seed)
    {
        var random = new SplitMix((ulong)(uint)seed);
        double[] paces = new double[count];
        for (int i = 0; i < count; i++)
        {
            paces[i] = 0.75 + (random.NextDouble() / 2);
        }

        return paces;
    }

    /// <summary>A cycle on a worker.</summary>
    /// <param name="Order">Its place in the order of starts; breaks ties in time.</param>
    /// <param name="Job">Which.</param>
    /// <param name="Cycle">Its recording.</param>
    /// <param name="StartedAt">Virtual time of its start.</param>
    /// <param name="Seen">Readings that were seen.</param>
    private sealed record Running(int Order, RungJob Job, RecordedCycle Cycle, double StartedAt, int Seen)
    {
        /// <summary>Whether what comes next is its end.</summary>
        public bool AtEnd => Seen >= Cycle.Readings.Length - (Cycle.DivergedAt is null ? 1 : 0);

        /// <summary>Fraction of the cycle at what comes next.</summary>
        public double NextFraction => Seen < Cycle.Readings.Length
            ? Cycle.Readings[Seen].Fraction
            : Cycle.DivergedAt ?? throw new UnreachableException();
    }
}

/// <summary>What a replay came to.</summary>
/// <param name="Found">Best accuracy of a complete longest cycle; null: none was completed.</param>
/// <param name="Completed">Numbers of the recorded trials whose longest cycle was completed.</param>
/// <param name="Cost">Work done, in full trainings.</param>
/// <param name="Time">Virtual time to the end of the search, in full trainings on the average worker.</param>
internal sealed record ReplayResult(double? Found, IReadOnlySet<int> Completed, double Cost, double Time);
