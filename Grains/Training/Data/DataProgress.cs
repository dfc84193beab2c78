namespace Sweeper.Training.Data;

/// <summary>How far a load or download has come.</summary>
/// <param name="Set">Data set.</param>
/// <param name="Activity">What is done now.</param>
/// <param name="File">File name; empty where the activity has no one file.</param>
/// <param name="Done">Bytes (or images, when decoding) done so far.</param>
/// <param name="Total">Bytes (or images) in all; null: not known.</param>
public sealed record DataProgress(string Set, DataActivity Activity, string File, long Done, long? Total);

/// <summary>What loading a data set consists of.</summary>
public enum DataActivity
{
    /// <summary>Bytes come from the network.</summary>
    Downloading,

    /// <summary>A checksum is being computed.</summary>
    Verifying,

    /// <summary>Files are read and decoded.</summary>
    Reading,
}
