namespace Sweeper.Grains.Store.Schema;

/// <summary>Device time that users have had, for quotas. It stays when a sweep is deleted.</summary>
internal static class Version7
{
    /// <summary>
    /// Adds the table. A source is one life of the pool, which writes the sum of that life anew each time: a write that is repeated
    /// counts once.
    /// </summary>
    public const string Script = """
        CREATE TABLE device_time (
            user_name {text} NOT NULL,
            day {text} NOT NULL,
            source {text} NOT NULL,
            seconds {real} NOT NULL,
            PRIMARY KEY (user_name, day, source)
        );
        """;
}
