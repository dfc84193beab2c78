namespace Sweeper.Grains.Workers;

/// <summary>Which silo of each node was heard last. A node's silos follow each other: what an earlier one says no longer counts.</summary>
internal sealed class NodeGenerations
{
    private readonly Dictionary<string, int> _known = [];
    private readonly Dictionary<string, int> _dead = [];

    /// <summary>Generation of a node's silo; 0 where none was heard.</summary>
    public int Of(string node) => _known.GetValueOrDefault(node);

    /// <summary>Whether this is the node's silo.</summary>
    public bool Is(string node, int generation) => _known.TryGetValue(node, out int known) && known == generation;

    /// <summary>A silo speaks for a node.</summary>
    public NodeGeneration Meet(string node, int generation)
    {
        if (_dead.TryGetValue(node, out int dead) && generation <= dead)
        {
            return NodeGeneration.Earlier; // it hung, was given up, and has woken up
        }

        if (!_known.TryGetValue(node, out int known))
        {
            _known[node] = generation;
            return NodeGeneration.Same;
        }

        return generation == known ? NodeGeneration.Same : generation > known ? NodeGeneration.Later : NodeGeneration.Earlier;
    }

    /// <summary>A node's silo is dead for good: what it may still say does not count.</summary>
    public void Bury(string node, int generation) => _dead[node] = Math.Max(generation, _dead.GetValueOrDefault(node));

    /// <summary>Forgets a node.</summary>
    public void Forget(string node) => _known.Remove(node);
}

/// <summary>How a silo that speaks for a node stands to the one that was heard last.</summary>
internal enum NodeGeneration
{
    /// <summary>It is the same, or the first.</summary>
    Same,

    /// <summary>It is its successor.</summary>
    Later,

    /// <summary>It was before it.</summary>
    Earlier,
}
