using Xunit;

namespace Sweeper.Tests.Unit.Specs;

/// <summary>Files of the repository that tests are run from.</summary>
internal static class Repository
{
    /// <summary>Set to 1 to write generated files instead of comparing them.</summary>
    public const string UpdateVariable = "SWEEPER_UPDATE_GENERATED";

    private static readonly string Root = FindRoot();

    /// <summary>Full path of a file.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>Example specs.</summary>
    public static IEnumerable<string> Examples => Directory
        .EnumerateFiles(PathOf("examples"), "*.yaml", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(PathOf("examples"), path)).Order();

    /// <summary>Text of an example.</summary>
    public static string Example(string name) => File.ReadAllText(PathOf(Path.Combine("examples", name)));

    /// <summary>Checks that a generated file is what the program generates today.</summary>
    public static void AssertGenerated(string relative, string expected)
    {
        string path = PathOf(relative);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(path, expected);
        }

        string actual = File.Exists(path) ? File.ReadAllText(path) : "";
        Assert.True(expected == actual, $"{relative} is out of date; run the unit tests once with {UpdateVariable}=1 and commit the file.");
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sweeper.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no Sweeper.sln above {AppContext.BaseDirectory}");
    }
}
