using Sweeper.Silo.Clustering;
using Xunit;

namespace Sweeper.Tests.Cluster.Clustering;

public sealed class RedisAddressTests
{
    [Theory]
    [InlineData("redis.example:6400,password=s3cret,ssl=true", "redis.example:6400")]
    [InlineData("127.0.0.1", "127.0.0.1:6379")]
    [InlineData("[::1]:6400", "[::1]:6400")]
    [InlineData("a:1,b:2", "a:1, b:2")]
    public void Parse_Address_DescribesItWithoutSecrets(string text, string description)
    {
        Assert.Null(RedisAddress.ComplaintOf(text));
        Assert.Equal(description, RedisAddress.Parse(text).Description);
        Assert.DoesNotContain("s3cret", RedisAddress.Parse(text).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(",password=s3cret", "names no server")]
    [InlineData("a:1,colour=s3cret", "colour")]
    [InlineData("a:1,ssl=s3cret", "ssl")]
    public void ComplaintOf_WhatCannotBeRead_NamesTheKeyAndNoValue(string text, string said)
    {
        string? complaint = RedisAddress.ComplaintOf(text);

        Assert.Contains(said, complaint, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("s3cret", complaint, StringComparison.Ordinal);
    }
}
