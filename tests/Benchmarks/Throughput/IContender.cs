namespace Sweeper.Tests.Benchmarks.Throughput;

/// <summary>A way to train, in a process of its own.</summary>
internal interface IContender : IDisposable
{
    /// <summary>Trained values: equal for all contenders, or they do not train the same network.</summary>
    long Parameters { get; }

    /// <summary>Trains on one batch.</summary>
    void Step();
}
