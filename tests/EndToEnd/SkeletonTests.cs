namespace Sweeper.Tests.EndToEnd;
public sealed class SkeletonTests { [Xunit.Fact] public void Runs() => Xunit.Assert.True(true); }
