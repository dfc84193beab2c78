namespace Sweeper.Grains.Store.Schema;

/// <summary>Range tests that repeat another one, over a ramp to another rate.</summary>
internal static class Version5
{
    /// <summary>Adds their column; rows of the earlier schemas have nothing in it.</summary>
    public const string Script = "ALTER TABLE cells ADD COLUMN repeat {json};";
}
