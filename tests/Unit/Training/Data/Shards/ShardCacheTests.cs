using Sweeper.Training.Data;
using Sweeper.Training.Data.Shards;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data.Shards;

public sealed class ShardCacheTests
{
    [Fact]
    public void Load_AgainAndByOthers_DecodesOnce()
    {
        using PictureFolder folder = PictureFolder.WithTestPart();
        string hash = HashOf(folder);
        // Unreadable now, of the same size and time: who decodes it again would say so.
        string picture = Path.Combine(folder.Pictures, "train/a/00.png");
        DateTime written = File.GetLastWriteTimeUtc(picture);
        File.WriteAllBytes(picture, new byte[new FileInfo(picture).Length]);
        File.SetLastWriteTimeUtc(picture, written);

        Assert.Equal(hash, HashOf(folder));
        Assert.Throws<DataSetException>(() => folder.InMemory());
    }

    [Fact]
    public void Load_ChangedFolder_MakesNewShards()
    {
        using PictureFolder folder = PictureFolder.WithTestPart();
        string hash = HashOf(folder);
        folder.Add("train/a/99.png", grey: false);
        string more = HashOf(folder);
        string picture = folder.Add("train/a/99.png", grey: false);
        File.SetLastWriteTimeUtc(picture, File.GetLastWriteTimeUtc(picture).AddSeconds(1));

        Assert.Equal(3, new[] { hash, more, HashOf(folder) }.Distinct().Count());
        Assert.Equal(3, folder.Made.Length);
        _ = HashOf(folder, folder.Options with { ImageSize = 9 });
        Assert.Equal(4, folder.Made.Length);
    }

    [Fact]
    public void Load_LinkToAPictureThatChanges_MakesNewShards()
    {
        using PictureFolder folder = PictureFolder.WithTestPart();
        string elsewhere = folder.Add("../elsewhere.png", grey: false);
        File.CreateSymbolicLink(Path.Combine(folder.Pictures, "train/a/98.png"), elsewhere);
        string before = HashOf(folder);
        File.SetLastWriteTimeUtc(folder.Add("../elsewhere.png", grey: false), File.GetLastWriteTimeUtc(elsewhere).AddSeconds(1));

        Assert.NotEqual(before, HashOf(folder));
        File.Delete(elsewhere);
        Assert.Contains("98.png: ", Assert.Throws<DataSetException>(() => folder.Streamed()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_DamagedFilesSkippedBefore_AreNamedWhereTheyAreNotToBe()
    {
        using PictureFolder folder = PictureFolder.WithTestPart();
        string whole = HashOf(folder);
        Assert.Equal(whole, HashOf(folder, folder.Options with { SkipDamaged = true }));
        Assert.Single(folder.Made); // one for both
        File.WriteAllBytes(Path.Combine(folder.Pictures, "train/b/20.png"), [1]);
        string without = HashOf(folder, folder.Options with { SkipDamaged = true });

        Assert.Contains("20.png: ", Assert.Throws<DataSetException>(() => folder.Streamed()).Message, StringComparison.Ordinal);
        Assert.Equal(without, HashOf(folder, folder.Options with { SkipDamaged = true }));
    }

    [Fact]
    public void Load_ManifestThatNamesAnotherDamagedFile_IsNotBelieved()
    {
        using PictureFolder folder = PictureFolder.WithTestPart();
        DataOptions skip = folder.Options with { SkipDamaged = true };
        int[] shard = ShardLayout.Mixed(45, 4).First(places => places[0] < 15 && places[^1] >= 15); // of two classes, 15 files each
        File.WriteAllBytes(Directory.GetFiles(folder.Pictures, $"{shard[0]:00}.png", SearchOption.AllDirectories).Single(path => path.Contains("train", StringComparison.Ordinal)), [1]);
        using ImageData before = folder.Streamed(skip);
        string manifest = Path.Combine(folder.Made[0], ShardManifest.FileName);
        string text = File.ReadAllText(manifest);
        File.WriteAllText(manifest, text.Replace($"damaged\":[{shard[0]}]", $"damaged\":[{shard[^1]}]", StringComparison.Ordinal)); // as many files, of other classes

        using ImageData after = folder.Streamed(skip);

        Assert.Equal(before.TrainTargets, after.TrainTargets);
        Assert.Equal(text, File.ReadAllText(manifest));
    }

    public static TheoryData<string> Damages => ["flipped", "short", "long", "gone", "manifest flipped", "manifest gone", "manifest empty", "manifest of another"];

    [Theory]
    [MemberData(nameof(Damages))]
    public void Load_DamagedShards_AreMadeAnew(string damage)
    {
        using PictureFolder folder = PictureFolder.WithTestPart();
        string hash = HashOf(folder);
        string made = Assert.Single(folder.Made);
        (string Name, string Content)[] before = Content(made);
        Harm(made, damage);

        Assert.Equal(hash, HashOf(folder));
        Assert.Equal(made, Assert.Single(folder.Made));
        Assert.Equal(before, Content(made));
    }

    [Fact]
    public void Load_CancelledWhileItDecodes_LeavesNothingAndCanBeDoneAgain()
    {
        using PictureFolder folder = PictureFolder.WithTestPart();
        using CancellationTokenSource cancel = new();
        List<long> seen = [];
        SynchronousReports stopAtTheThird = new(at =>
        {
            if (at.Activity == DataActivity.Reading && at.Total is not null)
            {
                seen.Add(at.Done);
                if (seen.Count == 3)
                {
                    cancel.Cancel();
                }
            }
        });

        Assert.ThrowsAny<OperationCanceledException>(() => folder.Streamed(progress: stopAtTheThird, stop: cancel.Token));
        Assert.Equal([0, 4, 8], seen);
        Assert.Empty(folder.Made);
        using ImageData inMemory = folder.InMemory();
        Assert.Equal(inMemory.ContentHash, HashOf(folder));
    }

    [Fact]
    public void Load_ManyThreadsAtOnce_MakeOneCacheThatIsWhole()
    {
        using PictureFolder folder = PictureFolder.WithTestPart();
        int decoded = 0;
        string[] hashes = new string[6];
        SynchronousReports counting = new(at =>
        {
            if (at is { Activity: DataActivity.Reading, File: "train-00000.shard" })
            {
                Interlocked.Increment(ref decoded);
            }
        });
        Thread[] threads = [.. hashes.Select((_, i) => new Thread(() =>
        {
            using ImageData data = folder.Streamed(progress: counting);
            hashes[i] = data.ContentHash;
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(HashOf(folder), Assert.Single(hashes.Distinct()));
        Assert.Equal(1, decoded);
        Assert.Single(folder.Made);
    }

    [Fact]
    public void Load_LeftOversOfAKilledProcess_AreRemovedWithTheNext()
    {
        using PictureFolder folder = PictureFolder.WithTestPart();
        HashOf(folder);
        string made = Assert.Single(folder.Made);
        Directory.Move(made, made + ".0123.tmp");

        HashOf(folder);

        Assert.Equal(made, Assert.Single(folder.Made));
    }

    [Fact]
    public void Load_CacheThatCannotBeWritten_SaysWhereAndWhatToDo()
    {
        using PictureFolder folder = PictureFolder.WithTestPart();
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Cache)!);
        File.WriteAllBytes(folder.Cache, []); // a file where the folder should be

        string message = Assert.Throws<DataSetException>(() => folder.Streamed()).Message;

        Assert.StartsWith($"{folder.Cache}: the decoded images of {folder.Pictures}", message, StringComparison.Ordinal);
        Assert.EndsWith("Free space and let it be written to, or name another folder with --data-dir.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ShardThatVanishes_SaysWhichAndThatItIsMadeAnew()
    {
        using PictureFolder folder = PictureFolder.WithTestPart();
        using ImageData data = folder.Streamed();
        using EvaluationSource test = EvaluationSource.OfTest(data, 14);
        File.Delete(Path.Combine(folder.Made[0], "test-00001.shard"));

        string message = Assert.Throws<DataSetException>(() => test.Read(0)).Message;

        Assert.Contains("test-00001.shard: a part of the decoded images cannot be read", message, StringComparison.Ordinal);
        using ImageData again = folder.Streamed();
        Assert.Equal(data.ContentHash, again.ContentHash);
    }

    private static void Harm(string made, string damage)
    {
        string shard = Path.Combine(made, "train-00002.shard");
        string manifest = Path.Combine(made, ShardManifest.FileName);
        switch (damage)
        {
            case "flipped":
                byte[] pixels = File.ReadAllBytes(shard);
                pixels[100] ^= 1;
                File.WriteAllBytes(shard, pixels);
                break;
            case "short":
                File.WriteAllBytes(shard, File.ReadAllBytes(shard)[..^1]);
                break;
            case "long":
                File.AppendAllText(shard, "x");
                break;
            case "gone":
                File.Delete(shard);
                break;
            case "manifest flipped":
                File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("channels\":3", "channels\":1", StringComparison.Ordinal));
                break;
            case "manifest gone":
                File.Delete(manifest);
                break;
            case "manifest empty":
                File.WriteAllText(manifest, "");
                break;
            default:
                File.WriteAllText(manifest, """{"key": "0", "source": "x", "channels": 3, "parts": null}""");
                break;
        }
    }

    private static (string Name, string Content)[] Content(string folder) =>
        [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), Convert.ToHexString(File.ReadAllBytes(path))))];

    private static string HashOf(PictureFolder folder, DataOptions? options = null)
    {
        using ImageData data = folder.Streamed(options);
        return data.ContentHash;
    }

    private sealed class SynchronousReports(Action<DataProgress> told) : IProgress<DataProgress>
    {
        public void Report(DataProgress value) => told(value);
    }
}
