namespace Sweeper.Grains.Store.Schema;

/// <summary>What tells that two jobs are the same, and which results were taken over; what a sweep is a further generation of.</summary>
internal static class Version4
{
    /// <summary>Adds the columns and the indexes; older rows have nothing in them, so that they are never taken over.</summary>
    public const string Script = """
        ALTER TABLE trials ADD COLUMN fingerprint {text};
        ALTER TABLE trials ADD COLUMN reused_from {text};
        ALTER TABLE cells ADD COLUMN fingerprint {text};
        ALTER TABLE cells ADD COLUMN reused_from {text};
        ALTER TABLE sweeps ADD COLUMN generation_of {text};
        ALTER TABLE sweeps ADD COLUMN generation {integer};
        CREATE INDEX trials_by_fingerprint ON trials (fingerprint);
        CREATE INDEX cells_by_fingerprint ON cells (fingerprint);
        """;
}
