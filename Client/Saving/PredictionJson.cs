using System.Collections.Immutable;

namespace Sweeper.Client.Saving;

/// <summary>What <c>predict</c> writes as JSON.</summary>
/// <param name="Model">Name of the network.</param>
/// <param name="Classes">Names of its classes, in the order of the probabilities.</param>
/// <param name="Images">Images in the order of the files.</param>
internal sealed record PredictionJson(string Model, ImmutableArray<string> Classes, ImmutableArray<PredictedImage> Images);

/// <summary>What a network sees in an image.</summary>
/// <param name="File">File as given.</param>
/// <param name="Image">Number of the image in its file, from 0.</param>
/// <param name="Class">Name of the likeliest class.</param>
/// <param name="Probability">Its probability.</param>
/// <param name="Probabilities">Probability of every class.</param>
internal sealed record PredictedImage(string File, int Image, string Class, double Probability, float[] Probabilities)
{
    /// <summary>From the probabilities; of several likeliest classes the first.</summary>
    public static PredictedImage Of(string file, int image, ImmutableArray<string> classes, float[] probabilities)
    {
        int likeliest = Array.IndexOf(probabilities, probabilities.Max());
        return new PredictedImage(file, image, classes[likeliest], probabilities[likeliest], probabilities);
    }
}
