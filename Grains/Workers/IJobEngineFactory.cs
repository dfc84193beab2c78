namespace Sweeper.Grains.Workers;

/// <summary>Finds this machine's devices. The product trains on them; a simulation can stand in for it in a test.</summary>
internal interface IJobEngineFactory
{
    /// <summary>Every device (<c>cpu</c>, <c>cuda:0</c>) with the engine that runs jobs on it.</summary>
    IReadOnlyList<(string Device, IJobEngine Engine)> Discover();
}
