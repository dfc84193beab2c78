using System.Globalization;

namespace Sweeper.Training;

/// <summary>Names in a message, of which there may be too many to show.</summary>
internal static class NameList
{
    private const int Usual = 20;

    /// <summary>The first names, and how many more there are.</summary>
    /// <param name="names">Names.</param>
    /// <param name="most">Names that are shown at most.</param>
    public static string Of(IReadOnlyCollection<string> names, int most = Usual) =>
        string.Join(", ", names.Take(most)) + (names.Count > most ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - most} more") : "");
}
