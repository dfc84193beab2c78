using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reports.Model;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Client.Reports.Sections;

/// <summary>A heat map of accuracy over two hyperparameters, as a table whose cells are coloured.</summary>
internal static class HeatMap
{
    // Squares that collapsed would take all colours for themselves: the scale ends this many times below the best as the median is.
    private const double Reach = 3;

    /// <summary>Builds it.</summary>
    /// <param name="material">The sweep; has rows.</param>
    /// <param name="down">Hyperparameter of the rows, greatest value on top.</param>
    /// <param name="across">Hyperparameter of the columns, least value left.</param>
    public static ReportBlock.Table Of(ReportMaterial material, Axis down, Axis across)
    {
        Configuration[] without = [.. material.WithoutResult];
        Configuration[] all = [.. material.OfOneLength.Select(row => row.Configuration), .. without];
        ImmutableArray<ValueBin> columns = ValueBin.Of([.. all.Select(across.Of)], mergeNear: across == Axis.All[0]);
        ImmutableArray<ValueBin> rows = [.. ValueBin.Of([.. all.Select(down.Of)], mergeNear: false).Reverse()];
        double?[][] means = [.. rows.Select(row => columns.Select(column => Mean(row, column)).ToArray())];
        double[] filled = [.. means.SelectMany(row => row).OfType<double>()];
        double high = filled.Max();
        double low = Low(filled, high);
        return new ReportBlock.Table(
            $"{down.Header} (down) against {across.Header} (across).",
            [new ReportColumn($"{down.Header} ↓ {across.Header} →"), .. columns.Select(column => ReportColumn.Number(column.Words))],
            [.. rows.Select((row, i) => ImmutableArray.Create<ReportCell>([new ReportCell.Plain(row.Words), .. columns.Select((column, j) => Cell(row, column, means[i][j]))]))]);

        static double Low(double[] values, double high)
        {
            double median = values.Order().ElementAt(values.Length / 2);
            return Math.Max(values.Min(), high - (Reach * (high - median)));
        }

        double? Mean(ValueBin row, ValueBin column)
        {
            double[] inside = [.. material.OfOneLength.Where(entry => Holds(row, column, entry.Configuration)).Select(material.AccuracyOf)];
            return inside.Length == 0 ? null : inside.Average();
        }

        bool Holds(ValueBin row, ValueBin column, Configuration at) => row.Holds(down.Of(at)) && column.Holds(across.Of(at));

        ReportCell Cell(ValueBin row, ValueBin column, double? mean) => mean is { } value
            ? new ReportCell.Shaded(
                string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.0}{(value == high ? " ★" : "")}"),
                high > low ? (value - low) / (high - low) : 1,
                value == high)
            : new ReportCell.Blank(without.Any(at => Holds(row, column, at)) ? "×" : "");
    }
}
