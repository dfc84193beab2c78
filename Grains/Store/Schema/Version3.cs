namespace Sweeper.Grains.Store.Schema;

/// <summary>Numbers of training images that a search compares.</summary>
internal static class Version3
{
    /// <summary>Adds their columns; null in rows of earlier schemas, as where the spec gives one number: all that it loads.</summary>
    public const string Script = """
        ALTER TABLE trials ADD COLUMN train_size {integer};
        ALTER TABLE cells ADD COLUMN train_size {integer};
        """;
}
