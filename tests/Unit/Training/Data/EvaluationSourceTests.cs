using Sweeper.Training.Data;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Data;

public sealed class EvaluationSourceTests
{
    [Fact]
    public void Read_Test_GivesEveryImageInOrderWithASmallLastBatch()
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageData data = TestData.Numbered(20);
        using EvaluationSource source = EvaluationSource.OfTest(data, 8);

        Batch[] batches = [.. Enumerable.Range(0, source.Batches).Select(source.Read)];

        Assert.Equal([8, 8, 4], batches.Select(batch => batch.Images.shape[0]));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (long)i), batches.SelectMany(batch => batch.Labels.data<long>().ToArray()));
    }

    [Fact]
    public void Read_ChosenTrainingImages_AreTheSameAsInTraining()
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageData data = TestData.Numbered(20);
        using EvaluationSource source = EvaluationSource.OfTrain(data, [7], 8);
        using BatchSource training = new(data, [7], 8, Augmentation.None, seed: 1);

        Assert.Equal(1, source.Batches);
        Assert.True(source.Read(0).Images.BitEqual(training.Next().Images));
    }

    [Fact]
    public void Read_BatchThatIsNot_Throws()
    {
        using ImageData data = TestData.Numbered(20);
        using EvaluationSource source = EvaluationSource.OfTest(data, 8);

        Assert.Throws<ArgumentOutOfRangeException>(() => source.Read(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Read(-1));
        Assert.Throws<ArgumentException>(() => EvaluationSource.OfTrain(data, [20], 8));
    }
}
