using System.Text.RegularExpressions;
using Sweeper.Training.Data.Sets;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data.Downloads;

public sealed partial class KnownSourcesTests
{
    [Fact]
    public void Sources_EveryFileThatIsDownloaded_HasAPublishedChecksum()
    {
        (string Set, string File, string Checksum)[] files =
            [.. KnownSets.All.Where(set => set.Source is not null).SelectMany(set => set.Source!.Files.Select(file => (set.Name, file.Name, file.Checksum)))];

        Assert.True(files.Length >= 14, string.Join(", ", files));
        Assert.Equal([], files.Where(file => !Checksum().IsMatch(file.Checksum)));
    }

    [GeneratedRegex("^([0-9a-f]{32}|[0-9a-f]{64})$")]
    private static partial Regex Checksum();
}
