using Xunit;

namespace Sweeper.Tests.Unit.Training;

/// <summary>Tests that prove torch's process-wide generator untouched: they run while no other test does.</summary>
[CollectionDefinition(Collection, DisableParallelization = true)]
public sealed class GlobalGenerator
{
    public const string Collection = "global generator";
}
