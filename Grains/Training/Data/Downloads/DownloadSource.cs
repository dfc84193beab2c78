namespace Sweeper.Training.Data.Downloads;

/// <summary>Where a set's files are published.</summary>
/// <param name="Address">Folder on the server, ending in a slash.</param>
/// <param name="Files">Files to fetch, with the checksums that their publishers state.</param>
/// <param name="Bytes">Bytes in all, for the listing.</param>
internal sealed record DownloadSource(Uri Address, IReadOnlyList<KnownFile> Files, long Bytes)
{
    /// <summary>Where the file called <paramref name="name"/> of <paramref name="set"/> is read from.</summary>
    public Uri AddressOf(string set, string name, Uri? mirror) =>
        mirror is null ? new Uri(Address, name) : new Uri($"{mirror.AbsoluteUri.TrimEnd('/')}/{set}/{name}");
}
