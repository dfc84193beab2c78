using System.Text.Json;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Training.Schedules;

namespace Sweeper.Grains.Workers.External;

/// <summary>The JSON file that tells an external trainer what to do.</summary>
internal static class JobFile
{
    /// <summary>Version of the format; raised where a member comes to mean something else.</summary>
    public const int Version = 1;

    /// <summary>Writes it.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="ticket">The job.</param>
    /// <param name="plan">What it asks.</param>
    /// <param name="values">Values of the placeholders.</param>
    public static void Write(string path, JobTicket ticket, ExternalPlan plan, IReadOnlyDictionary<string, string> values)
    {
        using FileStream file = File.Create(path);
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        TrainerSpec trainer = ticket.Spec.Trainer!; // an external job
        TrainingSpec training = ticket.Spec.Training;
        Configuration at = ticket.Configuration;
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteString("job", ticket.Key.ToString());
        json.WriteString("kind", values["kind"]);
        json.WriteNumber("attempt", ticket.Attempt);
        json.WriteNumber("seed", ticket.Seed);
        json.WriteString("device", values["device"]);
        json.WriteString("metrics", values["metrics"]);
        json.WriteString("checkpoint_dir", values["checkpoint_dir"]);
        json.WriteNumber("train_examples", trainer.TrainExamples);
        json.WriteNumber("validation_examples", trainer.ValidationExamples);
        json.WriteNumber("classes", trainer.Classes);
        json.WriteNumber("batch_size", at.BatchSize);
        json.WriteNumber("weight_decay", at.WeightDecay);
        json.WriteNumber("dropout", at.Dropout);
        json.WriteNumber("label_smoothing", training.LabelSmoothing ?? 0);
        Optimizer(json, training.Optimizer);
        json.WriteNumber("steps_per_epoch", plan.StepsPerEpoch);
        json.WriteNumber("steps", plan.Steps);
        Numbers(json, "validate_at", plan.ValidateAt);
        Numbers(json, "test_at", plan.TestAt);
        SchedulePoint[] points = [.. Enumerable.Range(0, plan.Steps).Select(plan.Schedule.At)];
        Numbers(json, "learning_rate", points.Select(point => point.LearningRate));
        Numbers(json, "momentum", points.Select(point => point.Momentum));
        json.WriteEndObject();
    }

    private static void Optimizer(Utf8JsonWriter json, OptimizerSpec optimizer)
    {
        json.WriteStartObject("optimizer");
        json.WriteString("type", optimizer.Type == OptimizerType.AdamW ? "adamw" : "sgd");
        json.WriteBoolean("nesterov", optimizer.Nesterov);
        json.WriteNumber("beta2", optimizer.Beta2);
        json.WriteNumber("epsilon", optimizer.Epsilon);
        json.WriteBoolean("decay_bias_and_norm", optimizer.DecayBiasAndNorm);
        if (optimizer.ClipNorm is { } clip)
        {
            json.WriteNumber("clip_norm", clip);
        }
        else
        {
            json.WriteNull("clip_norm");
        }

        json.WriteEndObject();
    }

    /// <summary>On one line: a number a line makes a file that nobody reads.</summary>
    private static void Numbers<T>(Utf8JsonWriter json, string name, IEnumerable<T> values)
        where T : IFormattable
    {
        json.WritePropertyName(name);
        json.WriteRawValue($"[{string.Join(", ", values.Select(value => value.ToString(null, System.Globalization.CultureInfo.InvariantCulture)))}]");
    }
}
