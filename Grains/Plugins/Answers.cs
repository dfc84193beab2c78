namespace Sweeper.Plugins;

/// <summary>A network's answers to held-out images or rows, and what would have been right.</summary>
public sealed class Answers
{
    private readonly float[] _outputs;
    private readonly float[] _right;

    /// <summary>Takes them.</summary>
    /// <param name="classes">Names of the classes, in the order of the logits; none: numbers are predicted.</param>
    /// <param name="outputs">Logits of the classes, answer by answer; or the predicted numbers.</param>
    /// <param name="right">Place of the right class of each, or the right number.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    public Answers(IReadOnlyList<string> classes, float[] outputs, float[] right)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(right);
        if (outputs.Length != right.Length * Math.Max(1, classes.Count))
        {
            throw new ArgumentException($"{outputs.Length} outputs are not those of {right.Length} answers", nameof(outputs));
        }

        (Classes, _outputs, _right) = (classes, outputs, right);
    }

    /// <summary>Images or rows.</summary>
    public int Count => _right.Length;

    /// <summary>Names of the classes, in the order of the logits; none where numbers are predicted.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Logits of one answer, a value a class; the number itself where numbers are predicted.</summary>
    /// <param name="index">Which, from 0.</param>
    public ReadOnlySpan<float> Outputs(int index)
    {
        int width = Math.Max(1, Classes.Count);
        return _outputs.AsSpan(index * width, width);
    }

    /// <summary>Right class of one, as a place in <see cref="Classes"/>.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <exception cref="InvalidOperationException">Numbers are predicted.</exception>
    public int RightClass(int index) => Classes.Count > 0 ? (int)_right[index] : throw HasNoClasses();

    /// <summary>Class that the network holds likeliest for one; of several the first.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <exception cref="InvalidOperationException">Numbers are predicted.</exception>
    public int LikeliestClass(int index)
    {
        if (Classes.Count == 0)
        {
            throw HasNoClasses();
        }

        ReadOnlySpan<float> logits = Outputs(index);
        int best = 0;
        for (int one = 1; one < logits.Length; one++)
        {
            best = logits[one] > logits[best] ? one : best;
        }

        return best;
    }

    /// <summary>Probability of each class for one: the softmax of its logits.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <exception cref="InvalidOperationException">Numbers are predicted.</exception>
    public double[] Probabilities(int index)
    {
        double highest = Outputs(index)[LikeliestClass(index)];
        double[] shares = new double[Classes.Count];
        double sum = 0;
        for (int one = 0; one < shares.Length; one++)
        {
            sum += shares[one] = Math.Exp(Outputs(index)[one] - highest);
        }

        return Array.ConvertAll(shares, share => share / sum);
    }

    /// <summary>Number that the network predicts for one, in units of the target.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <exception cref="InvalidOperationException">Classes are told apart.</exception>
    public double Predicted(int index) => Number(_outputs, index);

    /// <summary>Right number of one, in units of the target.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <exception cref="InvalidOperationException">Classes are told apart.</exception>
    public double RightNumber(int index) => Number(_right, index);

    private static InvalidOperationException HasNoClasses() => new("numbers are predicted here, which have no classes");

    private double Number(float[] numbers, int index) => Classes.Count == 0 ? numbers[index] : throw new InvalidOperationException("classes are told apart here, and no number is predicted");
}
