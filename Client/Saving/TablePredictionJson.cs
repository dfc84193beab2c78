using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sweeper.Client.Saving;

/// <summary>What <c>predict</c> writes as JSON where the network was trained on a table.</summary>
/// <param name="Model">Name of the network.</param>
/// <param name="Target">Column that it predicts.</param>
/// <param name="Classes">Names of its classes, in the order of the probabilities; none where it predicts a number.</param>
/// <param name="Rows">Rows in the order of the files.</param>
internal sealed record TablePredictionJson(string Model, string Target, ImmutableArray<string> Classes, ImmutableArray<PredictedRow> Rows);

/// <summary>What a network predicts of a row.</summary>
/// <param name="File">File as given.</param>
/// <param name="Row">Number of the row in its file, from 1, the header and empty lines not counted.</param>
/// <param name="Number">The number; null: a class is predicted.</param>
/// <param name="Class">Name of the likeliest class; null: a number is predicted.</param>
/// <param name="Probability">Its probability.</param>
/// <param name="Probabilities">Probability of every class.</param>
internal sealed record PredictedRow(
    string File,
    int Row,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Number,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Class,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Probability,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] float[]? Probabilities)
{
    /// <summary>From what a network answered.</summary>
    /// <param name="file">File as given.</param>
    /// <param name="row">Number of the row, from 0.</param>
    /// <param name="classes">Names of the classes; none: the answer is a number.</param>
    /// <param name="answer">Probabilities, or the number.</param>
    public static PredictedRow Of(string file, int row, ImmutableArray<string> classes, float[] answer)
    {
        if (classes.IsEmpty)
        {
            return new PredictedRow(file, row + 1, answer[0], null, null, null);
        }

        int likeliest = Array.IndexOf(answer, answer.Max());
        return new PredictedRow(file, row + 1, null, classes[likeliest], answer[likeliest], answer);
    }
}
