namespace Sweeper.Tests.EndToEnd;

/// <summary>The checkout that the tests were built in.</summary>
internal static class Repository
{
    private static readonly string Root = Above(AppContext.BaseDirectory);

    /// <summary>A file or folder of it.</summary>
    /// <param name="parts">Path below its root.</param>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Above(string start)
    {
        string? folder = start;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Sweeper.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"no Sweeper.sln above {start}");
    }
}
