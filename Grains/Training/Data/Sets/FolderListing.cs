namespace Sweeper.Training.Data.Sets;

/// <summary>The files of a folder of images, before any is read.</summary>
/// <param name="Root">The folder.</param>
/// <param name="Classes">Names of the classes, in label order.</param>
/// <param name="Train">Files to train on; all of them where there is no test part.</param>
/// <param name="Test">Files to test on; null: a part of the others is set aside.</param>
internal sealed record FolderListing(string Root, string[] Classes, FolderFiles Train, FolderFiles? Test)
{
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg"];
    private static readonly string[] TestNames = ["test", "val", "valid", "validation"];

    /// <summary>Lists a folder.</summary>
    /// <exception cref="DataSetException">Its folders make no data set; says what is missing.</exception>
    public static FolderListing Of(string root)
    {
        string train = Path.Combine(root, "train");
        if (!Directory.Exists(train))
        {
            string[] all = ClassesOf(root);
            return new FolderListing(root, all, FilesOf(root, all), null);
        }

        string test = TestNames.Select(name => Path.Combine(root, name)).FirstOrDefault(Directory.Exists)
            ?? throw new DataSetException($"{root}: there is a folder 'train' but none of {string.Join(", ", TestNames)}. Add one, or put the class folders into {root} itself: a fifth of the images then becomes the test set.");
        string[] classes = ClassesOf(train);
        string[] strange = [.. FoldersOf(test).Except(classes)];
        return strange.Length == 0
            ? new FolderListing(root, classes, FilesOf(train, classes), FilesOf(test, classes))
            : throw new DataSetException($"{test}: classes {string.Join(", ", strange)} are not in {train}. Use the same class folders in both.");
    }

    /// <summary>Where the images came from, in words.</summary>
    /// <param name="skipped">Damaged files that were left out.</param>
    public string Origin(int skipped) => skipped == 0 ? Root : $"{Root}, without {skipped} damaged files";

    /// <summary>Places of the training and of the test images where the folder has no test part, ascending.</summary>
    /// <param name="labels">Class of each image.</param>
    /// <param name="seed">Chooses them.</param>
    /// <exception cref="DataSetException">There are too few.</exception>
    public (int[] Train, int[] Test) SetAside(ReadOnlySpan<int> labels, long seed) => TestShare.Of(labels, seed)
        ?? throw new DataSetException($"{Root}: {labels.Length} images are too few to split into training and test images. Add images.");

    private static string[] ClassesOf(string folder)
    {
        string[] classes = FoldersOf(folder);
        return classes.Length >= 2
            ? classes
            : throw new DataSetException($"{folder}: {classes.Length} class folders; a classifier needs at least 2. Put the images of each class into a folder named after it.");
    }

    private static string[] FoldersOf(string folder) =>
    [
        .. Directory.EnumerateDirectories(folder)
            .Select(path => Path.GetFileName(path))
            .Where(name => !name.StartsWith('.'))
            .Order(StringComparer.Ordinal),
    ];

    private static FolderFiles FilesOf(string folder, string[] classes)
    {
        List<(string Path, int Label)> files = [];
        for (int label = 0; label < classes.Length; label++)
        {
            string home = Path.Combine(folder, classes[label]);
            // A class without test images is fine.
            string[] images = !Directory.Exists(home) ? [] : [.. Directory.EnumerateFiles(home)
                .Where(path => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)];
            files.AddRange(images.Select(path => (path, label)));
        }

        return files.Count > 0
            ? new FolderFiles(folder, [.. files])
            : throw new DataSetException($"{folder}: no {string.Join(", ", Extensions)} files in its class folders {string.Join(", ", classes)}. Put the images of each class into its folder.");
    }
}

/// <summary>Image files of one part of a folder.</summary>
/// <param name="Folder">Folder of the class folders.</param>
/// <param name="Files">Path and class of each file, class by class, by name.</param>
internal sealed record FolderFiles(string Folder, IReadOnlyList<(string Path, int Label)> Files)
{
    /// <summary>Damaged files that a message names.</summary>
    private const int MostNamed = 10;

    /// <summary>Refuses files that are no readable image, where none are to be left out or none would be left.</summary>
    /// <param name="damaged">What is wrong with each of them, in the order of the files.</param>
    /// <param name="skip">Whether damaged files may be left out.</param>
    public void ThrowIfRefused(IReadOnlyList<string> damaged, bool skip)
    {
        if (damaged.Count > 0 && (!skip || damaged.Count == Files.Count))
        {
            string more = damaged.Count > MostNamed ? $" And {damaged.Count - MostNamed} more." : "";
            throw new DataSetException(
                $"{Folder}: {damaged.Count} of {Files.Count} files cannot be used (data.damaged_files: skip leaves such files out). {string.Join(' ', damaged.Take(MostNamed))}{more}");
        }
    }
}
