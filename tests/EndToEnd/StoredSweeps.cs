using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Sweeper.Tests.EndToEnd;

/// <summary>The database of a data directory, read as a user would read it.</summary>
internal sealed class StoredSweeps(Sandbox sandbox)
{
    /// <summary>Jobs that were started again after they had ended with an outcome, or that ended twice.</summary>
    public ImmutableArray<string> Repeated(string sweep) => Query(
        """
        SELECT DISTINCT later.job_kind || ' ' || later.job_number
        FROM attempts AS ended
        JOIN attempts AS later ON later.sweep = ended.sweep AND later.job_kind = ended.job_kind AND later.job_number = ended.job_number
        WHERE ended.sweep = $sweep AND ended.ended_as NOT IN ('lost', 'handed_back') AND later.attempt > ended.attempt
        """,
        sweep);

    /// <summary>How every attempt ended, counted: <c>trained 30</c>.</summary>
    public ImmutableArray<string> Ends(string sweep) => Query(
        "SELECT COALESCE(ended_as, 'open') || ' ' || COUNT(*) FROM attempts WHERE sweep = $sweep GROUP BY ended_as ORDER BY 1", sweep);

    /// <summary>Trials that have ended.</summary>
    public int Ended(string sweep) => Count("SELECT CAST(COUNT(*) AS TEXT) FROM trials WHERE sweep = $sweep AND status = 'done'", sweep);

    /// <summary>Attempts that were ever started.</summary>
    public int Attempts(string sweep) => Count("SELECT CAST(COUNT(*) AS TEXT) FROM attempts WHERE sweep = $sweep", sweep);

    /// <summary>The first number of an answer; 0 before there is a database.</summary>
    private int Count(string sql, string sweep) =>
        File.Exists(Path.Combine(sandbox.Data, "sweeper.db")) ? int.Parse(Query(sql, sweep)[0], CultureInfo.InvariantCulture) : 0;

    private ImmutableArray<string> Query(string sql, string sweep)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(sandbox.Data, "sweeper.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$sweep", sweep);
        using SqliteDataReader reader = command.ExecuteReader();
        var rows = ImmutableArray.CreateBuilder<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows.ToImmutable();
    }
}
