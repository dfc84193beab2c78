using System.Collections.Immutable;
using System.Globalization;
using Npgsql;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Clusters;

/// <summary>The database of a test's cluster, read as a user would read it.</summary>
internal sealed class ClusterStore(SiloCluster cluster)
{
    /// <summary>Jobs that were started again after they had ended with an outcome, or that ended twice.</summary>
    public Task<ImmutableArray<string>> RepeatedAsync(string sweep) => QueryAsync(
        """
        SELECT DISTINCT later.job_kind || ' ' || later.job_number
        FROM attempts AS ended
        JOIN attempts AS later ON later.sweep = ended.sweep AND later.job_kind = ended.job_kind AND later.job_number = ended.job_number
        WHERE ended.sweep = @sweep AND ended.ended_as NOT IN ('lost', 'handed_back') AND later.attempt > ended.attempt
        """,
        sweep);

    /// <summary>How every attempt ended, one word each.</summary>
    public Task<ImmutableArray<string>> EndsAsync(string sweep) =>
        QueryAsync("SELECT COALESCE(ended_as, 'open') FROM attempts WHERE sweep = @sweep ORDER BY job_number, attempt", sweep);

    /// <summary>Every attempt with its worker, times, end and reason: what a failed test shows.</summary>
    public async Task<string> HistoryAsync(string sweep) => string.Join(
        '\n',
        await QueryAsync(
            "SELECT concat_ws(' ', job_kind, job_number, attempt, worker, started_at, ended_at, ended_as, reason) FROM attempts WHERE sweep = @sweep ORDER BY job_kind, job_number, attempt",
            sweep));

    /// <summary>Trials that have ended.</summary>
    public async Task<int> EndedAsync(string sweep) =>
        int.Parse((await QueryAsync("SELECT COUNT(*)::text FROM trials WHERE sweep = @sweep AND status = 'done'", sweep))[0], CultureInfo.InvariantCulture);

    /// <summary>Short name of the trial that runs on a node; null where none does.</summary>
    public async Task<string?> RunningOnAsync(string sweep, string node)
    {
        ImmutableArray<string> numbers = await QueryAsync(
            $"SELECT job_number::text FROM attempts WHERE sweep = @sweep AND job_kind = 'trial' AND ended_at IS NULL AND worker LIKE '{node}/%'", sweep);
        return numbers is [var number, ..] ? "T-" + number.PadLeft(4, '0') : null;
    }

    /// <summary>Workers of a trial's attempts, in order.</summary>
    public Task<ImmutableArray<string>> WorkersOfAsync(string sweep, int trial) => QueryAsync(
        $"SELECT worker FROM attempts WHERE sweep = @sweep AND job_kind = 'trial' AND job_number = {trial} ORDER BY attempt", sweep);

    /// <summary>Every attempt at a trial, by trial and number; the worker's node, start, end and how it ended.</summary>
    public async Task<ImmutableArray<(int Trial, int Attempt, string Node, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? EndedAs)>> AttemptsAsync(string sweep) =>
    [
        .. (await QueryAsync(
            """
            SELECT concat_ws('|', job_number, attempt, split_part(worker, '/', 1), to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                COALESCE(to_char(ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '-'), COALESCE(ended_as, '-'))
            FROM attempts WHERE sweep = @sweep AND job_kind = 'trial' ORDER BY job_number, attempt
            """,
            sweep)).Select(row => row.Split('|')).Select(cells => (
                int.Parse(cells[0], CultureInfo.InvariantCulture),
                int.Parse(cells[1], CultureInfo.InvariantCulture),
                cells[2],
                Time(cells[3]),
                cells[4] == "-" ? (DateTimeOffset?)null : Time(cells[4]),
                cells[5] == "-" ? null : cells[5])),
    ];

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private async Task<ImmutableArray<string>> QueryAsync(string sql, string sweep)
    {
        await using var connection = new NpgsqlConnection(cluster.Postgres + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddWithValue("sweep", sweep);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = ImmutableArray.CreateBuilder<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(reader.GetString(0));
        }

        return rows.ToImmutable();
    }
}
