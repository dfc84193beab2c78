namespace Sweeper.Grains.Store.Schema;

/// <summary>Trials that a strategy plans one by one, and range tests longer or shorter than the spec's.</summary>
internal static class Version2
{
    /// <summary>Adds their columns; rows of the first schema have nothing in them.</summary>
    public const string Script = """
        ALTER TABLE trials ADD COLUMN role {text};
        ALTER TABLE trials ADD COLUMN rung {integer};
        ALTER TABLE trials ADD COLUMN plan {json};
        ALTER TABLE cells ADD COLUMN length_factor {real};
        """;
}
