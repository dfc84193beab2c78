using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>Counts, class by class, what a network answers; on the device, so that counting waits for nothing.</summary>
/// <param name="classes">Classes.</param>
/// <param name="device">Device of the answers.</param>
internal sealed class ClassCounts(int classes, Device device) : IDisposable
{
    /// <summary>Answers among which the right one counts for the top-5 accuracy.</summary>
    public const int Top = 5;

    // Rows: images of a class, those classified rightly, answers that name it.
    private readonly Tensor _counts = zeros(3, classes, ScalarType.Int64, device).DetachFromDisposeScope();
    private readonly Tensor _amongTop = zeros(1, ScalarType.Int64, device).DetachFromDisposeScope();

    /// <summary>Takes up a batch.</summary>
    /// <param name="logits">Answers, a row an image.</param>
    /// <param name="labels">Right classes.</param>
    public void Add(Tensor logits, Tensor labels)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor answers = logits.argmax(1);
        Tensor ones = ones_like(labels);
        _counts[0].scatter_add_(0, labels, ones);
        _counts[1].scatter_add_(0, labels, answers.eq(labels).to(ScalarType.Int64));
        _counts[2].scatter_add_(0, answers, ones);
        if (classes > Top)
        {
            _amongTop.Increase(logits.topk(Top, 1).indexes.eq(labels.unsqueeze(1)).sum());
        }
    }

    /// <summary>What they come to. Waits for the device.</summary>
    public ClassReading Read()
    {
        using DisposeScope scope = NewDisposeScope();
        long[] counts = _counts.cpu().data<long>().ToArray();
        return Of(counts.AsSpan(0, classes), counts.AsSpan(classes, classes), counts.AsSpan(2 * classes), classes > Top ? _amongTop.cpu().item<long>() : null);
    }

    /// <summary>What counts come to.</summary>
    /// <param name="images">Images of each class.</param>
    /// <param name="right">Of these, those classified rightly.</param>
    /// <param name="answers">Answers that name each class.</param>
    /// <param name="amongTop">Images whose class is among the likeliest; null: not asked.</param>
    public static ClassReading Of(ReadOnlySpan<long> images, ReadOnlySpan<long> right, ReadOnlySpan<long> answers, long? amongTop)
    {
        (double recalls, double scores, int present, int named, long all) = (0, 0, 0, 0, 0);
        for (int one = 0; one < images.Length; one++)
        {
            all += images[one];
            if (images[one] > 0)
            {
                recalls += (double)right[one] / images[one];
                present++;
            }

            if (images[one] + answers[one] > 0)
            {
                scores += 2.0 * right[one] / (images[one] + answers[one]);
                named++;
            }
        }

        return new ClassReading((double?)amongTop / all, recalls / present, scores / named);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _counts.Dispose();
        _amongTop.Dispose();
    }
}
