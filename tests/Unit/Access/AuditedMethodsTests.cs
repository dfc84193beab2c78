using System.Reflection;
using Sweeper.Contracts.Access;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Xunit;

namespace Sweeper.Tests.Unit.Access;

/// <summary>Whatever changes something for a user is kept: a method that is added is found here.</summary>
public sealed class AuditedMethodsTests
{
    [Fact]
    public void Methods_ThatUsersChangeThingsBy_AreAudited()
    {
        MethodInfo[] changing =
        [
            .. typeof(ISweepGrain).Assembly.GetTypes().Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type)).SelectMany(type => type.GetMethods())
                .Where(method => method.ReturnType == typeof(Task<ControlResult>) || method.ReturnType == typeof(Task<SubmitResult>)),
            typeof(IGpuWorkerGrain).GetMethod(nameof(IGpuWorkerGrain.SetDutyAsync))!,
        ];

        Assert.True(changing.Length >= 12, string.Join(", ", changing.Select(method => method.Name)));
        Assert.Equal([], changing.Where(method => method.GetCustomAttribute<AuditedAttribute>() is null).Select(method => method.Name));
    }
}
