using Xunit;

namespace Sweeper.Tests.EndToEnd.Clusters;

/// <summary>Tests on one cluster of three silos; they follow each other.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterTests : ICollectionFixture<ThreeSilos>
{
    public const string Name = "cluster";
}

/// <summary>Three silos.</summary>
public sealed class ThreeSilos() : SiloCluster(3);
