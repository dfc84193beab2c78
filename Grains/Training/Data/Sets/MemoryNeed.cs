using System.Globalization;

namespace Sweeper.Training.Data.Sets;

/// <summary>Whether a folder of images fits into memory, before any is decoded: a process that runs out of it is killed without a word.</summary>
internal static class MemoryNeed
{
    /// <summary>The decoded images, and their copy in torch's memory, are there at once.</summary>
    private const int Copies = 2;

    /// <summary>Why a folder cannot be held in memory, and what would be right; null where it can. Pure.</summary>
    /// <param name="listing">Its files.</param>
    /// <param name="side">Height and width in pixels of a decoded image.</param>
    /// <param name="longest">Bytes that one array can have.</param>
    /// <param name="available">Bytes of memory that this process may take.</param>
    public static string? ComplaintOf(FolderListing listing, int side, long longest, long available)
    {
        long bytes = 3L * side * side;
        foreach (FolderFiles part in listing.Test is { } test ? (FolderFiles[])[listing.Train, test] : [listing.Train])
        {
            if (part.Files.Count * bytes > longest)
            {
                return $"{part.Folder}: {part.Files.Count} images of {side}x{side} are more than the {longest} bytes that one array can have. {Cure}";
            }
        }

        int files = listing.Train.Files.Count + (listing.Test?.Files.Count ?? 0);
        return files * bytes * Copies > available
            ? string.Create(CultureInfo.InvariantCulture, $"{listing.Root}: {files} images of {side}x{side} take {files * bytes * Copies / 1e9:0.0} GB of memory while they are read, and there are {available / 1e9:0.0} GB. {Cure}")
            : null;
    }

    private const string Cure = "Set data.streaming: true, which keeps them on disk, or a smaller data.image_size.";
}
