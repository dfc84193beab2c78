using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Grains.Workers.External;

/// <summary>One line that an external trainer reports.</summary>
/// <param name="Step">Optimiser steps taken; at least 1.</param>
/// <param name="Loss">Mean training loss since the last line, nats; null: none.</param>
/// <param name="Validation">Reading on the validation data; null: none.</param>
/// <param name="Test">Reading on the test data; null: none.</param>
internal sealed partial record MetricsLine(int Step, double? Loss, Evaluation? Validation, Evaluation? Test)
{
    private static readonly string[] Keys = ["step", "loss", "validation_loss", "validation_accuracy", "test_loss", "test_accuracy"];

    private const string Example = """{"step": 1, "loss": 2.3}""";

    /// <summary>Reads a line of JSON, <c>NaN</c> and <c>Infinity</c> as Python writes them included.</summary>
    /// <param name="text">The line.</param>
    /// <param name="steps">Steps of the job.</param>
    /// <returns>The line, or what is wrong with it.</returns>
    public static (MetricsLine? Line, string? Complaint) Read(string text, int steps)
    {
        try
        {
            using var document = JsonDocument.Parse(NotANumber().Replace(text, "\"$0\""));
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return (null, $"is no JSON object, such as {Example}");
            }

            foreach (JsonProperty property in root.EnumerateObject())
            {
                if (!Keys.Contains(property.Name))
                {
                    string hint = NearestName.Of(property.Name, Keys) is { } nearest ? $"did you mean {nearest}?" : $"known are {string.Join(", ", Keys)}";
                    return (null, $"has an unknown key {property.Name}; {hint}");
                }
            }

            return Read(root, steps);
        }
        catch (JsonException)
        {
            return (null, $"is no JSON; each line is one object, such as {Example}");
        }
        catch (FormatException error)
        {
            return (null, error.Message);
        }
    }

    private static (MetricsLine? Line, string? Complaint) Read(JsonElement root, int steps)
    {
        double? at = Number(root, "step");
        if (at is not { } step || step != Math.Floor(step) || step < 1 || step > steps)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"must have a step that is a whole number from 1 to {steps}, the steps of the job: how many have been taken"));
        }

        double? loss = Number(root, "loss");
        Evaluation? validation = Reading(root, "validation", (int)step, EvaluationSet.Validation);
        Evaluation? test = Reading(root, "test", (int)step, EvaluationSet.Test);
        return loss is null && validation is null && test is null
            ? (null, "has neither a loss nor a reading on held-out data")
            : (new MetricsLine((int)step, loss, validation, test), null);
    }

    private static Evaluation? Reading(JsonElement root, string part, int step, EvaluationSet set)
    {
        double? loss = Number(root, part + "_loss");
        double? accuracy = Number(root, part + "_accuracy");
        return (loss, accuracy) switch
        {
            (null, null) => null,
            ({ }, null) => throw new FormatException($"has {part}_loss without {part}_accuracy; a reading has both"),
            (null, { }) => throw new FormatException($"has {part}_accuracy without {part}_loss; a reading has both"),
            (_, not (>= 0 and <= 1)) => throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"has a {part}_accuracy of {accuracy}; it is a fraction from 0 to 1")),
            ({ } one, { } other) => new Evaluation(step, set, one, other),
        };
    }

    /// <summary>A number, or one of the words for what is none; null where there is nothing.</summary>
    private static double? Number(JsonElement root, string key) => !root.TryGetProperty(key, out JsonElement value) ? null : value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String when value.GetString() is "NaN" or "Infinity" or "-Infinity" => double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        JsonValueKind.Null => null,
        _ => throw new FormatException($"has a {key} that is no number"),
    };

    [GeneratedRegex(@"(?<=[:,\[]\s*)(NaN|-?Infinity)(?=\s*[,}\]])", RegexOptions.CultureInvariant)]
    private static partial Regex NotANumber();
}
