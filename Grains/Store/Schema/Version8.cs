namespace Sweeper.Grains.Store.Schema;

/// <summary>Values of the hyperparameters that a model of a user's own declares.</summary>
internal static class Version8
{
    /// <summary>Adds their columns; rows of built-in models have nothing in them.</summary>
    public const string Script = """
        ALTER TABLE cells ADD COLUMN model_settings {json};
        ALTER TABLE trials ADD COLUMN model_settings {json};
        """;
}
