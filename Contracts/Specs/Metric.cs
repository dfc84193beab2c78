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

    /// <summary>Coefficient of determination of predicted numbers: 1 - their squared errors over those of the mean; at most 1.</summary>
    R2,

    /// <summary>Root of the mean squared error of predicted numbers, in units of the target; the smaller the better.</summary>
    Rmse,

    /// <summary>Mean absolute error of predicted numbers, in units of the target; the smaller the better.</summary>
    Mae,

    /// <summary>A metric of the user's own; the more the better.</summary>
    Own,
}

/// <summary>What metrics have in common.</summary>
public static class Metrics
{
    /// <summary>Whether the smaller value is the better one.</summary>
    public static bool IsMinimised(this Metric metric) => metric is Metric.LogLoss or Metric.Rmse or Metric.Mae;

    /// <summary>Whether it is about predicted numbers.</summary>
    public static bool IsOfRegression(this Metric metric) => metric is Metric.R2 or Metric.Rmse or Metric.Mae;

    /// <summary>Whether it stands where accuracies do: accuracy itself, and R² of predicted numbers.</summary>
    public static bool IsScore(this Metric metric) => metric is Metric.Accuracy or Metric.R2;

    /// <summary>Whether it is a fraction, to be written as a percentage.</summary>
    public static bool IsFraction(this Metric metric) => metric is not Metric.Own && !metric.IsMinimised();

    /// <summary>The metric as a person reads it: <c>macro F1</c>.</summary>
    public static string Words(this Metric metric) => metric switch
    {
        Metric.Top5Accuracy => "top-5 accuracy",
        Metric.BalancedAccuracy => "balanced accuracy",
        Metric.MacroF1 => "macro F1",
        Metric.LogLoss => "log loss",
        Metric.R2 => "R²",
        Metric.Rmse => "RMSE",
        Metric.Mae => "mean absolute error",
        _ => "accuracy",
    };

    /// <summary>The metric as a spec writes it.</summary>
    public static string Word(this Metric metric) => Fields.ObjectiveType.Word(metric);
}
