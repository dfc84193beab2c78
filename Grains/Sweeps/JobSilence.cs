using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Sweeps;

/// <summary>
/// Which running jobs nobody has heard of for a while. Reports of progress are signs of life; where there are none, as while a
/// data set is loaded, the worker is asked. A job whose worker does not answer several times in a row is lost: also where the
/// pool, which would have said so, was lost together with it.
/// </summary>
internal sealed class JobSilence
{
    /// <summary>Silence after which the worker is asked.</summary>
    public static readonly TimeSpan AskAfter = TimeSpan.FromSeconds(6);

    /// <summary>Questions in a row for a node that is not part of the cluster after which the job is lost.</summary>
    public const int MostGone = 2;

    /// <summary>Questions in a row without an answer after which the job is lost: one that hangs is declared dead before.</summary>
    public const int MostMisses = 10;

    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(3);

    private readonly Dictionary<(JobKey Key, int Attempt), Sign> _signs = [];

    /// <summary>A job has shown that it is alive.</summary>
    public void Heard(JobKey key, int attempt, DateTimeOffset now) => _signs[(key, attempt)] = new Sign(now, now, 0, 0);

    /// <summary>Jobs that are to be asked for now; each is named again only after a while.</summary>
    /// <param name="running">Jobs on workers.</param>
    /// <param name="now">Time, UTC.</param>
    public ImmutableArray<(JobKey Key, Assignment Job)> Silent(ImmutableDictionary<JobKey, Assignment> running, DateTimeOffset now)
    {
        foreach ((JobKey Key, int Attempt) known in _signs.Keys.Where(known => running.GetValueOrDefault(known.Key)?.Attempt != known.Attempt).ToArray())
        {
            _signs.Remove(known);
        }

        var silent = ImmutableArray.CreateBuilder<(JobKey, Assignment)>();
        foreach ((JobKey key, Assignment job) in running)
        {
            Sign sign = _signs.GetValueOrDefault((key, job.Attempt)) ?? new Sign(job.StartedAt, DateTimeOffset.MinValue, 0, 0);
            if (now - sign.HeardAt >= AskAfter && now - sign.AskedAt >= AskAgainAfter)
            {
                _signs[(key, job.Attempt)] = sign with { AskedAt = now };
                silent.Add((key, job));
            }
        }

        return silent.ToImmutable();
    }

    /// <summary>A worker did not answer.</summary>
    /// <param name="key">Which job.</param>
    /// <param name="attempt">Which attempt.</param>
    /// <param name="gone">Whether its node is not part of the cluster.</param>
    /// <returns>Whether the job is lost.</returns>
    public bool Missed(JobKey key, int attempt, bool gone)
    {
        if (!_signs.TryGetValue((key, attempt), out Sign? sign))
        {
            return false; // it has ended meanwhile
        }

        sign = sign with { Misses = sign.Misses + 1, Gone = gone ? sign.Gone + 1 : 0 };
        _signs[(key, attempt)] = sign;
        return sign.Misses >= MostMisses || sign.Gone >= MostGone;
    }

    /// <param name="HeardAt">Last sign of life.</param>
    /// <param name="AskedAt">Last question.</param>
    /// <param name="Misses">Questions since then that nobody answered.</param>
    /// <param name="Gone">The last of them in a row that found the node gone.</param>
    private sealed record Sign(DateTimeOffset HeardAt, DateTimeOffset AskedAt, int Misses, int Gone);
}
