using System.Reflection;
using Xunit;

namespace Sweeper.Tests.Unit.Architecture;

/// <summary>Who may know whom: docs/architecture.md.</summary>
public sealed class BoundaryTests
{
    [Theory]
    [InlineData("Sweeper.Training", "Sweeper.Training")]
    [InlineData("Sweeper.Grains", "Sweeper.Grains.Analysis")]
    [InlineData("Sweeper.Grains", "Sweeper.Grains.Planning")]
    public void PureNamespace_EveryType_UsesNoOrleansType(string assembly, string pure)
    {
        Type[] types = [.. Assembly.Load(assembly).GetTypes()
            .Where(type => type.Namespace == pure || type.Namespace?.StartsWith(pure + ".", StringComparison.Ordinal) == true)];

        Assert.NotEmpty(types);
        List<string> uses = [.. types.SelectMany(OrleansUse.In)];
        Assert.True(uses.Count == 0, string.Join('\n', uses));
    }

    [Fact]
    public void Contracts_References_NoOtherProjectAndNoTorch() =>
        Assert.DoesNotContain(References("Sweeper.Contracts"), name => IsOurs(name) || IsTorch(name));

    [Fact]
    public void Training_References_ThePluginContractOnly() =>
        Assert.DoesNotContain(
            References("Sweeper.Training"),
            name => (IsOurs(name) && name is not "Sweeper.Plugins") || name.StartsWith("Orleans", StringComparison.Ordinal) || name.StartsWith("OpenTelemetry", StringComparison.Ordinal));

    [Fact]
    public void Client_References_ContractsOnlyAndNoTorch() =>
        Assert.DoesNotContain(References("sweeper"), name => (IsOurs(name) && name is not ("Sweeper.Contracts" or "Sweeper.Client")) || IsTorch(name));

    private static string[] References(string assembly)
    {
        string[] names = [.. Assembly.Load(assembly).GetReferencedAssemblies().Select(reference => reference.Name!)];
        Assert.Contains("System.Runtime", names);
        return names;
    }

    private static bool IsOurs(string name) => name.StartsWith("Sweeper", StringComparison.OrdinalIgnoreCase);

    private static bool IsTorch(string name) => name.StartsWith("TorchSharp", StringComparison.Ordinal);
}
