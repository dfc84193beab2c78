using Sweeper.Contracts.Errors;
using Sweeper.Grains.Store;
using Xunit;

namespace Sweeper.Tests.Cluster.Store;

/// <summary>Connection strings, which may hold passwords.</summary>
public sealed class PostgreSqlAddressTests
{
    [Theory]
    [InlineData("nonsense")]
    [InlineData("Host=h;Password=hush-hush;Colour=hush-hush")]
    [InlineData("postgresql://user:hush-hush@:abc/x")]
    [InlineData("Database=only;Password=hush-hush")]
    [InlineData("")]
    public void Open_ConnectionStringThatCannotBeRead_IsNotShown(string text)
    {
        var failure = Assert.Throws<StoreUnavailableException>(() => SweepStores.Open(new StoreOptions.PostgreSql(text)));
        Assert.Contains("cannot be read", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=db;Database=d;Username=u;Password=hush", "PostgreSQL database 'd' at db:5432 (user 'u')")]
    [InlineData("postgres://u:hu%73h@db:5433/d", "PostgreSQL database 'd' at db:5433 (user 'u')")]
    [InlineData("Host=/var/run/postgresql;Username=u", "PostgreSQL database 'u' at socket /var/run/postgresql (user 'u')")]
    public async Task Description_AnyForm_SaysWhereWithoutThePassword(string text, string expected)
    {
        await using ISweepStore store = SweepStores.Open(new StoreOptions.PostgreSql(text));
        Assert.Equal(expected, store.Description);
    }
}
