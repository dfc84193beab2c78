namespace Sweeper.Tests.Kubernetes;

/// <summary>The checkout that the tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Above(AppContext.BaseDirectory, "Sweeper.sln");

    public static string Manifests { get; } = Path.Combine(Root, "k8s");

    /// <summary>A file of the repository.</summary>
    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    private static string Above(string start, string file)
    {
        for (DirectoryInfo? at = new(start); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, file)))
            {
                return at.FullName;
            }
        }

        throw new FileNotFoundException($"no {file} above {start}");
    }
}
