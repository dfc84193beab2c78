namespace Sweeper.Training.Data.Sets;

/// <summary>A data set at a place: which files make it up, and how to read them.</summary>
/// <param name="Place">Folder or archive, or a word such as <c>embedded</c>.</param>
/// <param name="Files">Paths of the files that make it up; empty where it has none.</param>
/// <param name="Read">Reads and checks everything.</param>
internal sealed record FoundSet(string Place, IReadOnlyList<string> Files, Func<ReadContext, RawImages> Read);
