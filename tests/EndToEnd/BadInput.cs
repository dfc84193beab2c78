namespace Sweeper.Tests.EndToEnd;

/// <summary>What every refusal of bad input looks like.</summary>
internal static class BadInput
{
    public static void Assert(Ended ended, string message, string what)
    {
        Xunit.Assert.True(ended.ExitCode == 2, $"{what}: {ended}");
        Xunit.Assert.Contains(message, ended.Error, StringComparison.Ordinal);
        Xunit.Assert.DoesNotContain("Unhandled exception", ended.Error, StringComparison.Ordinal);
        Xunit.Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
        Xunit.Assert.True(ended.Error.Split('\n').Count(line => line.StartsWith("error:", StringComparison.Ordinal)) == 1, $"{what}: {ended}");
        Xunit.Assert.Equal("", ended.Out);
    }
}
