using System.Globalization;
using System.Text;

namespace Sweeper.Tests.Unit.Planning.Stopping.Replaying;

/// <summary>
/// Makes a recording of what <c>sweeper export</c> wrote, shortest cycle first:
/// <c>Sweeper.Tests.Unit stopping-recording SHORT.csv SHORT-curves.csv ... LONG.csv LONG-curves.csv &gt; recording.csv</c>.
/// </summary>
internal static class RecordingWriter
{
    public const string Verb = "stopping-recording";

    /// <summary>First line of a recording.</summary>
    public const string Header = "configuration,max_lr,batch_size,weight_decay,dropout,epochs,seconds,diverged_at,test_accuracy,validation_accuracy_by_epoch";

    /// <summary>Runs it.</summary>
    /// <param name="exports">Files of trials and of curves in turn.</param>
    public static int Run(string[] exports)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (string[] pair in exports.Chunk(2))
        {
            Append(text, Rows(pair[0]), Rows(pair[1]));
        }

        Console.Write(text);
        return 0;
    }

    private static void Append(StringBuilder text, List<Dictionary<string, string>> trials, List<Dictionary<string, string>> curves)
    {
        ILookup<string, string> readings = curves.Where(row => row["images"] == "validation")
            .ToLookup(row => row["job"], row => Number(row["accuracy"]).ToString("0.#####", CultureInfo.InvariantCulture));
        double length = trials.Max(trial => Number(trial["epochs"]));
        foreach (Dictionary<string, string> trial in trials)
        {
            bool completed = trial["state"] == "completed";
            if (!completed && trial["state"] != "diverged")
            {
                throw new InvalidDataException($"{trial["trial"]} is {trial["state"]}: a recording has only ends that belong to the configuration.");
            }

            text.AppendJoin(
                ',',
                trial["trial"].AsSpan(2).TrimStart('0').ToString(),
                trial["max_lr"],
                trial["batch_size"],
                trial["weight_decay"],
                trial["dropout"],
                length.ToString(CultureInfo.InvariantCulture),
                Number(trial["seconds"]).ToString("0.0", CultureInfo.InvariantCulture),
                completed ? "" : (Number(trial["epochs"]) / length).ToString("0.####", CultureInfo.InvariantCulture),
                trial["test_accuracy"],
                string.Join(' ', readings[trial["trial"]]));
            text.Append('\n');
        }
    }

    private static List<Dictionary<string, string>> Rows(string path)
    {
        string[][] lines = [.. File.ReadLines(path).Select(Fields)];
        return [.. lines[1..].Select(fields => lines[0].Zip(fields).ToDictionary(field => field.First, field => field.Second))];
    }

    // Quoted fields hold commas, never line ends: evidence and versions.
    private static string[] Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        foreach (char c in line)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        return [.. fields, field.ToString()];
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
