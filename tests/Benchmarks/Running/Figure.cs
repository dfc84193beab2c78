using System.Text.Json.Serialization;

namespace Sweeper.Tests.Benchmarks.Running;

/// <summary>One measured quantity.</summary>
/// <param name="Name">What was measured, where, how often: <c>sqlite/1000 trials per second</c>.</param>
/// <param name="Unit">Unit; <c>ratio</c> for one that two measurements of the same run give.</param>
/// <param name="Better">Which way is better.</param>
/// <param name="Values">Every run's value, in order.</param>
internal sealed record Figure(string Name, string Unit, Better Better, double[] Values)
{
    /// <summary>Unit of ratios.</summary>
    public const string Ratio = "ratio";

    /// <summary>Whether it says the same on another machine, so that it can be held against what was recorded there.</summary>
    [JsonIgnore]
    public bool IsPortable => Unit is Ratio or "B/trial";

    /// <summary>Median of the runs.</summary>
    public double Median => Quantile(Values, 0.5);

    /// <summary>A figure of one value.</summary>
    public static Figure Of(string name, string unit, Better better, double value) => new(name, unit, better, [value]);

    /// <summary>Quantile with linear interpolation; <paramref name="share"/> in [0, 1].</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? double.Lerp(sorted[below], sorted[below + 1], place - below) : sorted[below];
    }
}

/// <summary>Which way a figure is better.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Better>))]
internal enum Better
{
    /// <summary>More is better.</summary>
    Higher,

    /// <summary>Less is better.</summary>
    Lower,
}
