using System.Globalization;
using Microsoft.Data.Sqlite;
using Sweeper.Tests.EndToEnd;

namespace Sweeper.Tests.Browser;

/// <summary>Makes a sweep of thousands of trials that have ended: writes into the store what a silo would have written, had it run them.</summary>
internal static class StoredTrials
{
    /// <summary>A spec with so many configurations.</summary>
    public static string Spec(string name, int trials) => string.Create(CultureInfo.InvariantCulture, $$"""
        name: {{name}}
        seed: 5
        data: {set: synthetic, train_size: 200}
        model: mlp
        training: {epochs: 20000}
        search:
          strategy: random
          stopping: none
          trials: {{trials}}
          space:
            max_lr: {log: [0.003, 3]}
            batch_size: [20, 40, 80]
            weight_decay: {log: [1e-5, 1e-2]}
            dropout: [0, 0.1, 0.2]
        """);

    /// <summary>Ends all trials of a submitted sweep; no silo may run.</summary>
    public static void End(Sandbox sandbox, string sweep)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(sandbox.Data, "sweeper.db")};Pooling=False");
        connection.Open();
        connection.CreateFunction("decades", (double value, double from) => Math.Pow(Math.Log10(value / from), 2), isDeterministic: true);
        using SqliteTransaction transaction = connection.BeginTransaction();
        void Run(string sql)
        {
            using SqliteCommand command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = sql;
            command.Parameters.AddWithValue("$sweep", sweep);
            command.ExecuteNonQuery();
        }

        Run("DELETE FROM attempts WHERE sweep = $sweep");
        Run("DELETE FROM curves WHERE sweep = $sweep");
        Run("DELETE FROM sweep_events WHERE sweep = $sweep AND sequence > 1");
        // An accuracy that is best at a rate of 0.3 and a decay of 3e-4; one trial in 17 diverges.
        Run(
            """
            UPDATE trials SET status = 'done', attempts = 1, worker = 'local/cpu', device = 'CPU (1 thread)', started_at = '2026-01-01T00:00:00.000000Z', seconds = 1 + number % 7, steps = 100, epochs = 5,
              images_per_second = 1000, outcome_kind = CASE WHEN number % 17 = 0 THEN 'diverged' ELSE 'trained' END, train_loss = 0.1,
              validation_accuracy = 0.93 - 0.04 * decades(max_learning_rate, 0.3) - 0.01 * decades(weight_decay, 3e-4) - 0.0001 * (number % 37),
              test_accuracy = 0.92 - 0.04 * decades(max_learning_rate, 0.3) - 0.01 * decades(weight_decay, 3e-4) - 0.0001 * (number % 41)
            WHERE sweep = $sweep
            """);
        Run(
            """
            UPDATE trials SET
              run = '{"worker":"local/cpu","device":"CPU (1 thread)","versions":"made up","seed":5,"data_hash":"0","parameters":1000,"started_at":"2026-01-01T00:00:00+00:00","seconds":' || seconds
                || ',"steps":100,"epochs":5,"images_per_second":1000,"resumed_from_step":0,"train_images":180,"cooldown_epochs":0}',
              outcome = CASE WHEN outcome_kind = 'diverged' THEN '{"kind":"diverged","step":50,"learning_rate":1,"evidence":"the loss is not a number"}' ELSE
                '{"kind":"trained","score":{"train_loss":0.1,"validation_loss":0.3,"validation_accuracy":' || validation_accuracy || ',"test_loss":0.3,"test_accuracy":' || test_accuracy || ',"weights_hash":"0"}}' END
            WHERE sweep = $sweep
            """);
        Run(
            """
            INSERT INTO sweep_events (sweep, sequence, happened_at, kind, payload)
            SELECT $sweep, 2 * number, '2026-01-01T00:00:00.000000Z', 'SlotGranted',
              '{"kind":"slot_granted","lease":{"id":' || number || ',"worker":{"node":"local","device":"cpu"}},"at":"2026-01-01T00:00:00+00:00"}' FROM trials WHERE sweep = $sweep
            """);
        Run(
            """
            INSERT INTO sweep_events (sweep, sequence, happened_at, kind, payload)
            SELECT $sweep, 2 * number + 1, '2026-01-01T00:00:00.000000Z', 'JobEnded',
              '{"kind":"job_ended","key":{"sweep":"' || $sweep || '","kind":1,"number":' || number || '},"attempt":1,"outcome":' || outcome || ',"run":' || run || ',"at":"2026-01-01T00:00:00+00:00"}'
            FROM trials WHERE sweep = $sweep
            """);
        Run(
            """
            UPDATE sweeps SET status = 'completed', ended = trials, sequence = 2 * trials + 1, best_accuracy = (SELECT MAX(validation_accuracy) FROM trials WHERE sweep = $sweep AND outcome_kind = 'trained')
            WHERE name = $sweep
            """);
        transaction.Commit();
    }
}
