namespace Sweeper.Grains.Store.Schema;

/// <summary>What a trial's training steps hold of its device's memory.</summary>
internal static class Version9
{
    /// <summary>Adds the column; rows from before, and of trials whose memory was not measured, have nothing in it.</summary>
    public const string Script = "ALTER TABLE trials ADD COLUMN memory_bytes {integer};";
}
