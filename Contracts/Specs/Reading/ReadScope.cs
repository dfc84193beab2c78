using System.Collections.Immutable;

namespace Sweeper.Contracts.Specs.Reading;

/// <summary>What one reading of a spec has met: problems, and where each path was written.</summary>
internal sealed class ReadScope
{
    /// <summary>Problems that are reported at most: past that, a file is no spec and more lines help nobody.</summary>
    public const int MostProblems = 100;

    private readonly ImmutableArray<SpecProblem>.Builder _problems = ImmutableArray.CreateBuilder<SpecProblem>();
    private readonly HashSet<string> _faulty = [];
    private readonly HashSet<string> _misspelt = [];
    private readonly Dictionary<string, (string Path, int Line, SpecNode Value)> _places = [];

    /// <summary>Number of problems so far.</summary>
    public int Count => _problems.Count;

    /// <summary>Problems so far, by line.</summary>
    public ImmutableArray<SpecProblem> Problems
    {
        get
        {
            ImmutableArray<SpecProblem> sorted = [.. _problems.OrderBy(problem => problem.Line)];
            return sorted.Length <= MostProblems
                ? sorted
                : [.. sorted.Take(MostProblems), new SpecProblem("", null, $"{sorted.Length - MostProblems} more problems are not shown", sorted[MostProblems].Line)];
        }
    }

    /// <summary>Notes where a path was written.</summary>
    public void Place(string path, int line, SpecNode value) => _places[path] = (path, line, value);

    /// <summary>Notes that the value of <paramref name="path"/> was written in another form, at <paramref name="written"/>.</summary>
    public void PlaceAs(string path, string written)
    {
        if (_places.TryGetValue(written, out (string Path, int Line, SpecNode Value) place))
        {
            _places[path] = place;
        }
    }

    /// <summary>Whether a path was written, in whatever form.</summary>
    public bool IsWritten(string path) => _places.ContainsKey(path);

    /// <summary>Reports a problem with the value of a path.</summary>
    public void Report(string path, string message)
    {
        (string Path, int Line, SpecNode Value) place = PlaceOf(path);
        bool exact = _places.ContainsKey(path);
        Report(exact ? place.Path : path, exact ? place.Value.Written : null, message, place.Line);
        _faulty.Add(path);
    }

    /// <summary>Reports a problem with explicit particulars.</summary>
    public void Report(string path, string? value, string message, int line)
    {
        _problems.Add(new SpecProblem(path, value, message, line));
        _faulty.Add(path);
    }

    /// <summary>Keeps a path out of later checks where it is not written: an unknown key was most likely meant for it.</summary>
    public void Misspelt(string path) => _misspelt.Add(path);

    /// <summary>Whether a problem was reported at, above or below a path: what was read there is not what the user meant.</summary>
    public bool IsFaulty(string path) => _faulty
        .Concat(_misspelt.Where(meant => !IsWritten(meant)))
        .Any(faulty => Covers(faulty, path) || Covers(path, faulty));

    private static bool Covers(string outer, string inner) =>
        outer.Length == 0
        || (inner.StartsWith(outer, StringComparison.Ordinal)
            && (inner.Length == outer.Length || inner[outer.Length] is '.' or '['));

    /// <summary>Place of a path, or of the nearest group around it that was written.</summary>
    private (string Path, int Line, SpecNode Value) PlaceOf(string path)
    {
        for (string at = path; ; at = at[..Math.Max(0, at.LastIndexOfAny(['.', '[']))])
        {
            if (_places.TryGetValue(at, out (string Path, int Line, SpecNode Value) place))
            {
                return place;
            }

            if (at.Length == 0)
            {
                return ("", 1, new SpecNode.Scalar("", Quoted: false, 1, 1));
            }
        }
    }
}
