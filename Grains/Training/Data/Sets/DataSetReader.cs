namespace Sweeper.Training.Data.Sets;

/// <summary>Recognises and reads one kind of data set on disk.</summary>
internal abstract class DataSetReader
{
    /// <summary>File names that make a set complete, for messages.</summary>
    public abstract IReadOnlyList<string> Expected { get; }

    /// <summary>The set at <paramref name="place"/>, a folder or file; null where it is not there or not whole.</summary>
    /// <param name="place">Folder or file; need not exist.</param>
    /// <param name="options">What the user asked for.</param>
    public abstract FoundSet? Find(string place, DataOptions options);
}
