using Sweeper.Grains.Workers;
using Xunit;

namespace Sweeper.Tests.Unit.Workers;

public sealed class NodeGenerationsTests
{
    private readonly NodeGenerations _nodes = new();

    [Fact]
    public void Meet_SilosOfANode_AreToldApart()
    {
        Assert.Equal(NodeGeneration.Same, _nodes.Meet("a", 5));
        Assert.Equal(NodeGeneration.Same, _nodes.Meet("a", 5));
        Assert.Equal(NodeGeneration.Later, _nodes.Meet("a", 6));
        Assert.Equal(NodeGeneration.Earlier, _nodes.Meet("a", 4));
        Assert.Equal(NodeGeneration.Same, _nodes.Meet("b", 1));
        Assert.Equal((5, 1, 0), (_nodes.Of("a"), _nodes.Of("b"), _nodes.Of("c")));
    }

    [Fact]
    public void Forget_Node_TakesWhicheverSpeaksNext()
    {
        _nodes.Meet("a", 5);
        Assert.True(_nodes.Is("a", 5));
        Assert.False(_nodes.Is("a", 4));

        _nodes.Forget("a");

        Assert.False(_nodes.Is("a", 5));
        Assert.Equal(NodeGeneration.Same, _nodes.Meet("a", 4));
    }

    [Fact]
    public void Meet_SiloThatWasBuried_IsNotHeardAndItsSuccessorIs()
    {
        _nodes.Meet("a", 5);
        _nodes.Bury("a", 5);
        _nodes.Forget("a");

        Assert.Equal(NodeGeneration.Earlier, _nodes.Meet("a", 5));
        Assert.Equal(NodeGeneration.Same, _nodes.Meet("a", 6));
        Assert.Equal(NodeGeneration.Same, _nodes.Meet("b", 1));
    }
}
