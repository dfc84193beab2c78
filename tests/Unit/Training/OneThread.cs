using Sweeper.Tests.Unit.Training;
using Sweeper.Training.Running;
using Xunit;

[assembly: AssemblyFixture(typeof(OneThread))]

namespace Sweeper.Tests.Unit.Training;

/// <summary>
/// One native thread, before any test. Each thread of ours takes libtorch's number over at its first native operation and keeps it: one
/// that came too early would add up in another order than its neighbours, and bits would differ.
/// </summary>
public sealed class OneThread
{
    public OneThread() => TorchRuntime.Configure(1);
}
