using Sweeper.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace Sweeper.Tests;

/// <summary>The server as a fixture of tests.</summary>
public sealed partial class PostgreSqlServer
{
    static partial void Require() =>
        Assert.SkipWhen(Programs is null, "PostgreSQL's server programs are missing: apt-get install postgresql-15 (tests/run does)");

    static partial void Limit(ref CancellationToken stop) => stop = TestContext.Current.CancellationToken;
}
