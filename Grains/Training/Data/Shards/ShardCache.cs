using System.Globalization;
using System.Security.Cryptography;

namespace Sweeper.Training.Data.Shards;

/// <summary>
/// Shards of folders of images, kept for later trials and sweeps. Each set of them is a folder named by its fingerprint; it is there when it is
/// whole, and is read through before it is used. Several processes may use one cache.
/// </summary>
/// <param name="root">Folder of the cache.</param>
internal sealed class ShardCache(string root)
{
    private const int NameLength = 32;

    /// <summary>Folder of the cache below the folder that downloads go to.</summary>
    public const string FolderName = "shards";

    /// <summary>The shards of a plan, made now where they are missing or damaged.</summary>
    /// <returns>Their folder, and what it says that it holds.</returns>
    /// <exception cref="DataSetException">Images are damaged, or the shards cannot be kept.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing half-made is left.</exception>
    public (string Folder, ShardManifest Manifest) Open(ShardPlan plan, ReadContext context)
    {
        string name = plan.Key[..NameLength];
        string folder = Path.Combine(root, name);
        try
        {
            if (Verified(plan, folder, context) is { } found)
            {
                return (folder, found);
            }

            Directory.CreateDirectory(root);
            using FileStream held = FolderLock.Take(folder + ".lock", context);
            if (Verified(plan, folder, context) is { } other) // by whom we have waited for
            {
                return (folder, other);
            }

            Make(plan, name, folder, context);
            return (folder, ShardManifest.Read(folder) ?? throw new IOException($"{folder} vanished"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataSetException(
                string.Create(CultureInfo.InvariantCulture, $"{root}: the decoded images of {plan.Listing.Root}, up to {plan.MostBytes / 1e9:0.00} GB, cannot be kept there ({error.Message}). Free space and let it be written to, or name another folder with --data-dir."),
                error);
        }
    }

    private void Make(ShardPlan plan, string name, string folder, ReadContext context)
    {
        // Of a process that was killed: none that lives makes these while we hold the lock.
        foreach (string stale in Directory.EnumerateDirectories(root, name + ".*.tmp"))
        {
            Directory.Delete(stale, recursive: true);
        }

        string fresh = Path.Combine(root, $"{name}.{Guid.NewGuid():N}.tmp");
        Directory.CreateDirectory(fresh);
        try
        {
            new ShardBuilder(plan, fresh, context).Build();
            Publish(fresh, folder);
        }
        finally
        {
            if (Directory.Exists(fresh))
            {
                Directory.Delete(fresh, recursive: true);
            }
        }
    }

    /// <summary>Moves a whole folder to its place; file by file over a damaged one, that others may be reading.</summary>
    private static void Publish(string fresh, string folder)
    {
        if (!Directory.Exists(folder))
        {
            Directory.Move(fresh, folder);
            return;
        }

        foreach (string file in Directory.EnumerateFiles(fresh).OrderBy(path => Path.GetFileName(path) == ShardManifest.FileName))
        {
            File.Move(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }
    }

    /// <summary>The manifest of a folder whose every byte is as it was written; null where it is not.</summary>
    private static ShardManifest? Verified(ShardPlan plan, string folder, ReadContext context)
    {
        if (ShardManifest.Read(folder) is not { } manifest || manifest.Key != plan.Key || manifest.Channels is not (1 or 3) || manifest.Parts.Count != plan.Parts.Count)
        {
            return null;
        }

        long bytes = (long)manifest.Channels * plan.Side * plan.Side;
        foreach ((PlannedPart planned, ManifestPart found) in plan.Parts.Zip(manifest.Parts))
        {
            // With damaged files that are not to be left out, decoding anew names them.
            if (found.Shards.Count != planned.Shards.Length || (found.Damaged.Count > 0 && !plan.Skip))
            {
                return null;
            }

            HashSet<int> damaged = [.. found.Damaged];
            for (int shard = 0; shard < planned.Shards.Length; shard++)
            {
                context.Report(DataActivity.Verifying, planned.FileOf(shard), shard, planned.Shards.Length);
                FileInfo file = new(Path.Combine(folder, planned.FileOf(shard)));
                if (!file.Exists || file.Length != bytes * planned.Shards[shard].Count(place => !damaged.Contains(place)) || HashOf(file.FullName) != found.Shards[shard])
                {
                    return null;
                }
            }
        }

        return manifest;
    }

    private static string HashOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
