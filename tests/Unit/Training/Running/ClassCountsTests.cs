using Sweeper.Training.Running;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Running;

/// <summary>Metrics class by class.</summary>
public sealed class ClassCountsTests
{
    [Fact]
    public void Of_KnownCounts_GivesTheKnownMeans()
    {
        // Right classes 0 0 0 0 1 1 2, answers 0 0 0 1 1 0 0; class 3 is neither there nor named.
        ClassReading reading = ClassCounts.Of([4, 2, 1, 0], [3, 1, 0, 0], [5, 2, 0, 0], null);

        Assert.Null(reading.Top5Accuracy);
        Assert.Equal((0.75 + 0.5 + 0) / 3, reading.BalancedAccuracy, 1e-12);
        Assert.Equal(((6.0 / 9) + (2.0 / 4) + 0) / 3, reading.MacroF1, 1e-12);
    }

    [Fact]
    public void Of_AClassThatIsOnlyNamed_CountsForF1AndNotForRecall()
    {
        ClassReading reading = ClassCounts.Of([2, 0], [1, 0], [1, 1], null);

        Assert.Equal(0.5, reading.BalancedAccuracy, 1e-12);
        Assert.Equal(((2.0 / 3) + 0) / 2, reading.MacroF1, 1e-12);
    }

    [Fact]
    public void Add_Batches_CountsWhatTheyAnswer()
    {
        EngineFixtures.Tiny().Dispose(); // loads the native library
        using var counts = new ClassCounts(7, CPU);
        using DisposeScope scope = NewDisposeScope();
        // Class 6 is never among the five likeliest, class 0 the likeliest, class 4 the fifth.
        Tensor logits = arange(7, 0, -1, ScalarType.Float32).unsqueeze(0).repeat(4, 1);
        counts.Add(logits, tensor(new long[] { 0, 4, 6, 0 }));
        counts.Add(logits, tensor(new long[] { 0, 0, 5, 0 }));

        ClassReading reading = counts.Read();

        Assert.Equal(6.0 / 8, reading.Top5Accuracy!.Value, 1e-12);
        Assert.Equal(1.0 / 4, reading.BalancedAccuracy, 1e-12); // all of class 0, none of 4, 5 and 6
        Assert.Equal(2.0 * 5 / (5 + 8) / 4, reading.MacroF1, 1e-12);
    }
}
