using System.Text.RegularExpressions;
using Xunit;

namespace Sweeper.Tests.Cluster.Store;

/// <summary>The queries of <c>docs/store.md</c>.</summary>
internal static partial class DocumentedQueries
{
    /// <summary>All of them, in the order of the document; skips the test outside of a checkout.</summary>
    public static IReadOnlyList<string> Read()
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "Sweeper.sln")))
        {
            root = Path.GetDirectoryName(root);
        }

        Assert.SkipWhen(root is null, $"There is no Sweeper.sln above {AppContext.BaseDirectory}: docs/store.md cannot be found.");
        string text = File.ReadAllText(Path.Combine(root, "docs", "store.md"));
        return [.. SqlBlock().Matches(text).Select(match => match.Groups["sql"].Value)];
    }

    [GeneratedRegex("^```sql\\n(?<sql>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex SqlBlock();
}
