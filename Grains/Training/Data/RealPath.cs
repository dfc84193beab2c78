namespace Sweeper.Training.Data;

/// <summary>Where a path leads in the end, every link on the way resolved.</summary>
internal static class RealPath
{
    private const int MostLinks = 40; // as Linux

    /// <summary>The path without links; what does not exist stays as it is written.</summary>
    /// <param name="path">Absolute path.</param>
    /// <exception cref="IOException">Its links lead round in circles.</exception>
    public static string Of(string path)
    {
        int links = 0;
        string real = Path.GetPathRoot(path) ?? "/";
        var rest = new Stack<string>(Parts(path[real.Length..]).Reverse());
        while (rest.TryPop(out string? part))
        {
            if (part == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }

            string next = Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException($"{path}: too many links");
            }

            if (Path.IsPathRooted(target))
            {
                real = Path.GetPathRoot(target)!; // it is rooted
                target = target[real.Length..];
            }

            foreach (string further in Parts(target).Reverse())
            {
                rest.Push(further);
            }
        }

        return real;
    }

    private static IEnumerable<string> Parts(string path) =>
        path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".");
}
