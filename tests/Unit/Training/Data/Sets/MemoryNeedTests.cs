using Sweeper.Tests.Unit.Training.Data.Shards;
using Sweeper.Training.Data.Sets;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data.Sets;

public sealed class MemoryNeedTests
{
    private const int Bytes = 3 * 8 * 8;

    [Theory]
    [InlineData(45 * Bytes, 2 * 59 * Bytes, null)]
    [InlineData((45 * Bytes) - 1, long.MaxValue, "train: 45 images of 8x8 are more than the 8639 bytes that one array can have.")]
    [InlineData(int.MaxValue, (2 * 59 * Bytes) - 1, "pictures: 59 images of 8x8 take 0.0 GB of memory while they are read, and there are 0.0 GB.")]
    public void ComplaintOf_FolderThatDoesNotFit_NamesTheCure(long longest, long available, string? expected)
    {
        using PictureFolder folder = PictureFolder.WithTestPart();

        string? complaint = MemoryNeed.ComplaintOf(FolderListing.Of(folder.Pictures), 8, longest, available);

        Assert.Equal(expected is null, complaint is null);
        Assert.Contains(expected ?? "", complaint ?? "", StringComparison.Ordinal);
        Assert.True(complaint is null || complaint.EndsWith("Set data.streaming: true, which keeps them on disk, or a smaller data.image_size.", StringComparison.Ordinal));
    }
}
