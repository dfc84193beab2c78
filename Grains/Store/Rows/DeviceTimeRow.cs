using System.Data.Common;
using System.Globalization;
using Dapper;

namespace Sweeper.Grains.Store.Rows;

/// <summary>Device time of a user on a day, all sources together, as it is read.</summary>
internal sealed class DeviceTimeRow
{
    /// <summary>Form of a day: sorts as it reads.</summary>
    public const string DayForm = "yyyy-MM-dd";

    /// <summary>Name of the user.</summary>
    public required string User { get; init; }

    /// <summary>Day, as <see cref="DayForm"/>.</summary>
    public required string Day { get; init; }

    /// <summary>Sum.</summary>
    public double Seconds { get; init; }

    /// <summary>Reads the days from one on.</summary>
    public static async Task<IEnumerable<DeviceTimeRow>> ReadAsync(DbTransaction transaction, DateOnly since, CancellationToken stop) =>
        await transaction.Connection!.QueryAsync<DeviceTimeRow>(new CommandDefinition( // Null only after the transaction has ended.
            """
            SELECT user_name AS "User", day AS Day, SUM(seconds) AS Seconds FROM device_time
            WHERE day >= @since GROUP BY user_name, day ORDER BY user_name, day
            """,
            new { since = since.ToString(DayForm, CultureInfo.InvariantCulture) },
            transaction,
            cancellationToken: stop));

    /// <summary>The time.</summary>
    public DeviceTime ToTime() => new(User, DateOnly.ParseExact(Day, DayForm, CultureInfo.InvariantCulture), Seconds);
}
