using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Specs;

/// <summary>What a sweep can rank its trials by.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Metric>))]
public enum Metric
{
    /// <summary>Fraction classified rightly.</summary>
    Accuracy,

    /// <summary>Fraction whose class is among the five that the network holds likeliest.</summary>
    Top5Accuracy,

    /// <summary>Mean over classes of the fraction of a class that is classified rightly.</summary>
    BalancedAccuracy,

    /// <summary>Mean over classes of the harmonic mean of precision and recall.</summary>
    MacroF1,

    /// <summary>Mean negative logarithm of the probability that the network gives to the right class, nats; the smaller the better.</summary>
    LogLoss,
}

/// <summary>What metrics have in common.</summary>
public static class Metrics
{
    /// <summary>Whether the smaller value is the better one.</summary>
    public static bool IsMinimised(this Metric metric) => metric == Metric.LogLoss;

    /// <summary>The metric as a person reads it: <c>macro F1</c>.</summary>
    public static string Words(this Metric metric) => metric switch
    {
        Metric.Top5Accuracy => "top-5 accuracy",
        Metric.BalancedAccuracy => "balanced accuracy",
        Metric.MacroF1 => "macro F1",
        Metric.LogLoss => "log loss",
        _ => "accuracy",
    };

    /// <summary>The metric as a spec writes it.</summary>
    public static string Word(this Metric metric) => Fields.SearchFields.MetricType.Write(metric);
}
