using System.Collections.Immutable;
using ScottPlot;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Plotting;

/// <summary>Accuracy of every finished trial by each hyperparameter that varies, with the mean at each value.</summary>
internal static class HyperparameterPicture
{
    // Beyond this ratio of the largest to the smallest value, a straight axis crowds the small ones.
    private const double LogFromRatio = 20;

    // So many values can be named one by one below the axis, at such a part of its length from each other.
    private const int MostNamedValues = 8;
    private const double LeastDistance = 0.1;

    /// <summary>Draws it.</summary>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="trials">Trials; those without a score are left out.</param>
    /// <param name="selectBy">Accuracy that is drawn.</param>
    /// <param name="score">What stands where accuracies do.</param>
    /// <returns>Null where no hyperparameter varies among finished trials.</returns>
    public static Picture? Of(string sweep, IEnumerable<TrialRecord> trials, SelectionSet selectBy, Metric score = Metric.Accuracy)
    {
        TrialRecord[] scored = [.. trials.Where(trial => trial.Score is not null)];
        ImmutableArray<Axis> axes =
            [.. Axis.All.Where(axis => scored.Select(trial => axis.Of(trial.Configuration)).Distinct().Skip(1).Any())];
        if (axes.IsEmpty)
        {
            return null;
        }

        bool validation = selectBy == SelectionSet.Validation && scored.All(trial => trial.Score!.ValidationAccuracy is not null);
        (Configuration At, double Accuracy)[] points =
            [.. scored.Select(trial => (trial.Configuration, validation ? trial.Score!.ValidationAccuracy!.Value : trial.Score!.TestAccuracy))];
        return new Picture(
            "hyperparameters",
            [.. axes.Select(axis => ByAxis(sweep, axis, points, validation ? "validation" : "test", score.Words()))],
            Columns: axes.Length == 1 ? 1 : 2);
    }

    private static Plot ByAxis(string sweep, Axis axis, (Configuration At, double Accuracy)[] points, string set, string score)
    {
        Plot plot = PlotTheme.Create($"{sweep}: {score} by {Name(axis)}", Name(axis), $"{set} {score} / %");
        double[] values = [.. points.Select(point => axis.Of(point.At))];
        bool log = values.Min() > 0 && values.Max() / values.Min() >= LogFromRatio;
        double[] x = [.. values.Select(value => log ? Math.Log10(value) : value)];
        double[] y = [.. points.Select(point => point.Accuracy)];
        var dots = plot.Add.ScatterPoints(x, y, PlotTheme.Colors[0].WithAlpha(0.6));
        dots.MarkerSize = 8;

        (double X, double Mean)[] means =
            [.. x.Zip(y).GroupBy(point => point.First).OrderBy(group => group.Key).Select(group => (group.Key, group.Average(point => point.Second)))];
        if (means.Length < points.Length)
        {
            dots.LegendText = "trial";
            PlotTheme.LegendBeside(plot);
            var line = plot.Add.Scatter(means.Select(mean => mean.X).ToArray(), means.Select(mean => mean.Mean).ToArray(), PlotTheme.Colors[1]);
            line.LineWidth = 2;
            line.MarkerShape = MarkerShape.FilledDiamond;
            line.MarkerSize = 10;
            line.LegendText = "mean";
        }

        double margin = 0.08 * (x.Max() - x.Min());
        plot.Axes.SetLimitsX(x.Min() - margin, x.Max() + margin);
        double[] named = [.. means.Select(mean => mean.X)];
        if (CanBeNamed(named))
        {
            plot.Axes.Bottom.SetTicks(named, [.. named.Select(value => HumanText.Rate(log ? Math.Pow(10, value) : value))]);
        }
        else if (log)
        {
            PlotTheme.LogX(plot);
        }

        PlotTheme.PercentY(plot);
        return plot;
    }

    private static bool CanBeNamed(double[] sorted)
    {
        double room = LeastDistance * (sorted[^1] - sorted[0]);
        return sorted.Length <= MostNamedValues && sorted.Zip(sorted.Skip(1), (low, high) => high - low).All(distance => distance >= room);
    }

    private static string Name(Axis axis) => axis.Key switch
    {
        "max_lr" => "max learning rate",
        "batch_size" => "batch size",
        "weight_decay" => "weight decay",
        Axis.TrainSizeKey => "training images",
        _ => axis.Key,
    };
}
