using System.Text.Json;
using Sweeper.Contracts.Jobs;
using Sweeper.Grains.Store.Rows;
using Xunit;

namespace Sweeper.Tests.Cluster.Store;

/// <summary>How things become columns.</summary>
public sealed class StoreRowsTests
{
    [Fact]
    public void KindOf_EveryOutcome_IsTheNameInItsJson()
    {
        Assert.Equal(8, Samples.Outcomes.Select(outcome => outcome.GetType()).Distinct().Count());
        Assert.All(Samples.Outcomes, outcome =>
        {
            using var json = JsonDocument.Parse(StoreJson.Of(outcome)!);
            Assert.Equal(json.RootElement.GetProperty("kind").GetString(), StoreJson.KindOf(outcome));
        });
    }

    [Fact]
    public void Clean_Text_HasOnlyWhatEveryEngineTakes()
    {
        Assert.Null(StoreText.Clean(null));
        Assert.Equal("plain, pair \uD83D\uDE00", StoreText.Clean("plain, pair \uD83D\uDE00"));
        Assert.Equal("nul \uFFFD half \uFFFD end", StoreText.Clean("nul \0 half \uDC00 end"));
    }

    [Fact]
    public void Time_AnyOffset_IsUtcToTheMicrosecond()
    {
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)).AddTicks(1234567);
        Assert.Equal("2026-01-02T01:04:05.123456Z", StoreTime.ToText(time));
        Assert.Equal(time.AddTicks(-7), StoreTime.Parse("2026-01-02T01:04:05.123456Z"));
    }

    [Fact]
    public void EnumText_EveryStatus_ComesBack()
    {
        Assert.Equal("range_test", EnumText<JobKind>.Of(JobKind.RangeTest));
        Assert.All(Enum.GetValues<JobKind>(), kind => Assert.Equal(kind, EnumText<JobKind>.Parse(EnumText<JobKind>.Of(kind))));
        Assert.Throws<FormatException>(() => EnumText<JobKind>.Parse("nothing"));
    }
}
