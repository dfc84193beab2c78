namespace Sweeper.Client.Rendering;

/// <summary>A column of a table that fits its terminal.</summary>
/// <param name="Header">Its header, plain text.</param>
/// <param name="Rank">Which columns go first where there is no room: those of the greatest rank.</param>
/// <param name="Least">Columns that it takes at least, so that the table does not move from one redraw to the next.</param>
/// <param name="Right">Whether its cells are aligned to the right.</param>
internal sealed record FittedColumn(string Header, int Rank, int Least = 0, bool Right = false);
