using Xunit;

namespace Sweeper.Tests;

/// <summary>The server in tests.</summary>
internal sealed partial class RedisServer
{
    /// <summary>Skips the test, and says what is missing, where it is not installed.</summary>
    public static void Require() => Assert.SkipUnless(IsInstalled, "redis-server is not installed; tests/run installs it (package redis-server)");
}
