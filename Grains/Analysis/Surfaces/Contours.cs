using System.Collections.Immutable;
using Sweeper.Contracts.Analysis;

namespace Sweeper.Grains.Analysis.Surfaces;

/// <summary>Lines of equal value on a grid by marching squares (Lorensen and Cline 1987, in two dimensions), straight on logarithmic axes.</summary>
internal static class Contours
{
    private const int Levels = 6;

    /// <summary>Lines at levels evenly spaced between the least and the greatest value, both left out; none on a flat grid.</summary>
    /// <param name="columns">Value of each column, greater than 0, rising.</param>
    /// <param name="rows">Value of each row, greater than 0, rising.</param>
    /// <param name="values">Row by row.</param>
    public static ImmutableArray<IsoAccuracy> Of(double[] columns, double[] rows, double[] values)
    {
        double least = values.Min();
        double greatest = values.Max();
        return greatest - least < 1e-9
            ? []
            : [.. Enumerable.Range(1, Levels).Select(level => Line(columns, rows, values, double.Lerp(least, greatest, level / (Levels + 1.0))))];
    }

    private static IsoAccuracy Line(double[] columns, double[] rows, double[] values, double level)
    {
        List<(double X, double Y)> points = [];
        for (int row = 0; row + 1 < rows.Length; row++)
        {
            for (int column = 0; column + 1 < columns.Length; column++)
            {
                points.AddRange(Crossings(columns, rows, values, level, row, column));
            }
        }

        return new IsoAccuracy(level, [.. points.Select(point => point.X)], [.. points.Select(point => point.Y)]);
    }

    /// <summary>Where the line crosses the edges of one square, in order around it: two points, four at a saddle, or none.</summary>
    private static List<(double X, double Y)> Crossings(double[] columns, double[] rows, double[] values, double level, int row, int column)
    {
        (int Row, int Column)[] corners = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)];
        List<(double X, double Y)> crossings = [];
        for (int edge = 0; edge < corners.Length; edge++)
        {
            (int Row, int Column) from = corners[edge];
            (int Row, int Column) to = corners[(edge + 1) % corners.Length];
            double start = values[(from.Row * columns.Length) + from.Column];
            double end = values[(to.Row * columns.Length) + to.Column];
            if (start >= level != end >= level)
            {
                double along = (level - start) / (end - start);
                crossings.Add((Between(columns[from.Column], columns[to.Column], along), Between(rows[from.Row], rows[to.Row], along)));
            }
        }

        return crossings;
    }

    private static double Between(double from, double to, double along) => from == to ? from : Math.Exp(double.Lerp(Math.Log(from), Math.Log(to), along));
}
