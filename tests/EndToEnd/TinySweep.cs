using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>A tiny sweep that was run to its end by a silo that goes on, so that the commands on it start fast.</summary>
public sealed class TinySweep : IAsyncLifetime
{
    internal Sandbox Sandbox { get; } = new();

    /// <summary>The spec's file.</summary>
    public string Spec { get; private set; } = "";

    /// <summary>How <c>run</c> ended.</summary>
    internal Ended Run { get; private set; } = new(-1, "", "");

    public async ValueTask InitializeAsync()
    {
        Spec = Sandbox.Write("tiny.yaml", Specs.Tiny());
        Run = await Sandbox.RunAsync("run", Spec, "--keep", "--threads", "1");
    }

    public ValueTask DisposeAsync() => Sandbox.DisposeAsync();
}
