using System.Data.Common;
using System.Globalization;
using Dapper;
using Sweeper.Grains.Store.Rows;

namespace Sweeper.Grains.Store.Writing;

/// <summary>Writes sums of device time.</summary>
/// <param name="source">Who counts.</param>
/// <param name="times">The sums.</param>
/// <param name="stop">Gives up while it still waits.</param>
internal sealed class DeviceTimeChange(Guid source, IReadOnlyCollection<DeviceTime> times, CancellationToken stop) : StoreChange(stop)
{
    /// <inheritdoc/>
    public override int Rows => times.Count;

    /// <inheritdoc/>
    public override async Task<bool> ApplyAsync(DbTransaction transaction, StoreDialect dialect, CancellationToken cancellation)
    {
        foreach (DeviceTime time in times)
        {
            await transaction.Connection!.ExecuteAsync(new CommandDefinition( // Null only after the transaction has ended.
                """
                INSERT INTO device_time (user_name, day, source, seconds) VALUES (@User, @Day, @Source, @Seconds)
                ON CONFLICT (user_name, day, source) DO UPDATE SET seconds = excluded.seconds
                """,
                new
                {
                    User = StoreText.Clean(time.User),
                    Day = time.Day.ToString(DeviceTimeRow.DayForm, CultureInfo.InvariantCulture),
                    Source = source.ToString(),
                    time.Seconds,
                },
                transaction,
                cancellationToken: cancellation));
        }

        return true;
    }
}
