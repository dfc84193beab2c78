using Sweeper.Contracts.Jobs;

namespace Sweeper.Grains.Planning;

/// <summary>
/// Settings of a model as numbers to fit with: the logarithm of a number above 0, any other number itself, and for each word but the first
/// met a column of ones and zeros.
/// </summary>
/// <param name="cells">Cells whose settings there are.</param>
internal sealed class ModelFactors(IEnumerable<CellKey> cells)
{
    private readonly (string Name, string? Word)[] _columns = [.. Columns([.. cells.Where(cell => cell.Model is not null).SelectMany(cell => cell.Model!.List)])];

    /// <summary>The numbers of a cell.</summary>
    public IEnumerable<double> Of(CellKey cell) => _columns.Select(column => (cell.Model?[column.Name], column.Word) switch
    {
        ({ Number: > 0 and var number }, null) => Math.Log(number),
        ({ Number: { } number }, null) => number,
        ({ Word: { } word }, { } one) => word == one ? 1 : 0,
        _ => 0,
    });

    private static IEnumerable<(string Name, string? Word)> Columns(ModelSetting[] settings) => settings
        .GroupBy(setting => setting.Name)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .SelectMany(group => group.First().Word is null
            ? [(group.Key, (string?)null)]
            : group.Select(setting => setting.Word).Distinct().Skip(1).Select(word => (group.Key, word)));
}
