namespace Sweeper.Tests.Cluster;
public sealed class SkeletonTests { [Xunit.Fact] public void Runs() => Xunit.Assert.True(TorchSharp.torch.ones(2).sum().item<float>() > 1); }
