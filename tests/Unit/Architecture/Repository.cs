using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace Sweeper.Tests.Unit.Architecture;

/// <summary>The checkout that this test was built in.</summary>
internal static class Repository
{
    /// <summary>Files that git tracks, with their paths from the root; skips the test where there is no checkout or no git.</summary>
    internal static IReadOnlyList<(string Path, FileInfo File)> TrackedFiles()
    {
        string? root = FindRoot();
        Assert.SkipWhen(root is null, $"no Sweeper.sln with a .git beside it above {AppContext.BaseDirectory}: not a git checkout.");
        return [.. ListFiles(root)
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(path => (path, new FileInfo(Path.Combine(root, path))))
            .Where(file => file.Item2.Exists)];
    }

    private static string? FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Sweeper.sln")))
            {
                // In a worktree .git is a file.
                return Path.Exists(Path.Combine(at.FullName, ".git")) ? at.FullName : null;
            }
        }

        return null;
    }

    private static string ListFiles(string root)
    {
        // A checkout that belongs to someone else (a mounted one in a container) is read all the same.
        var start = new ProcessStartInfo("git", ["-c", "safe.directory=*", "ls-files", "-z"])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
        };
        Process? git = null;
        try
        {
            git = Process.Start(start);
        }
        catch (Win32Exception missing)
        {
            Assert.Skip($"git does not start: {missing.Message}");
        }

        using (git)
        {
            string files = git!.StandardOutput.ReadToEnd();
            git.WaitForExit();
            Assert.True(git.ExitCode == 0, $"git ls-files ended with {git.ExitCode}.");
            return files;
        }
    }
}
