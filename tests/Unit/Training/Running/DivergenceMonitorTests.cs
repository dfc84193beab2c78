using Sweeper.Training.Running;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Running;

public sealed class DivergenceMonitorTests
{
    private static readonly DivergenceRule Rule = new();

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void NotFinite_AtOnce_Diverges(double loss)
    {
        Assert.Equal($"the training loss is {loss}", Feed([2.3, loss]).Evidence);
    }

    [Fact]
    public void LossFarAboveChance_ForPatienceSteps_Diverges()
    {
        // The smoothed loss passes ln 10 + 2 = 4.3 some steps after the jump to 50, then 50 more are asked for.
        (int step, string? evidence) = Feed([.. Enumerable.Repeat(2.0, 100), .. Enumerable.Repeat(50.0, 100)]);

        Assert.InRange(step, 100 + 50, 100 + 60);
        Assert.Matches(@"^the smoothed training loss, [\d.]+, has been above 8 for 50 steps; its best was 2$", evidence);
    }

    [Fact]
    public void SpikeThatPasses_DoesNotCount()
    {
        Assert.Null(Feed([.. Enumerable.Repeat(0.1, 100), .. Enumerable.Repeat(50.0, 5), .. Enumerable.Repeat(0.5, 300)]).Evidence);
    }

    [Fact]
    public void LossAtChance_AfterALowBest_DoesNotCount()
    {
        Assert.Null(Feed([.. Enumerable.Repeat(0.01, 100), .. Enumerable.Repeat(2.31, 1000)]).Evidence);
    }

    [Fact]
    public void HighStart_ThatFalls_DoesNotCount()
    {
        Assert.Null(Feed([.. Enumerable.Range(0, 500).Select(i => 40 * Math.Exp(-i / 60.0))]).Evidence);
    }

    [Fact]
    public void Rule_OutOfRange_SaysEverything()
    {
        Assert.Equal(3, new DivergenceRule { TimesBest = 1, Margin = double.NaN, Patience = 0 }.Check().Count);
        Assert.Empty(Rule.Check());
    }

    private static (int Step, string? Evidence) Feed(double[] losses)
    {
        DivergenceMonitor monitor = DivergenceMonitor.Start;
        for (int step = 0; step < losses.Length; step++)
        {
            (monitor, string? evidence) = monitor.Add(losses[step], Rule, 10);
            if (evidence is not null)
            {
                return (step, evidence);
            }
        }

        return (losses.Length, null);
    }
}
