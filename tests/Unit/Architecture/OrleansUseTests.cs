using Orleans.Concurrency;
using Xunit;

namespace Sweeper.Tests.Unit.Architecture;

/// <summary>The finder itself: each way to use an Orleans type is found, and a plain type is not accused.</summary>
public sealed class OrleansUseTests
{
    [Theory]
    [InlineData(typeof(ByBase))]
    [InlineData(typeof(ByInterface))]
    [InlineData(typeof(ByField))]
    [InlineData(typeof(ByProperty))]
    [InlineData(typeof(ByParameter))]
    [InlineData(typeof(ByReturn))]
    [InlineData(typeof(ByLocal))]
    [InlineData(typeof(ByGenericArgument))]
    [InlineData(typeof(ByConstraint<>))]
    [InlineData(typeof(ByAttribute))]
    [InlineData(typeof(ByMemberAttribute))]
    public void In_TypeThatUsesOrleans_NamesIt(Type offender) =>
        Assert.Contains(OrleansUse.In(offender), use => use.Contains("Orleans.", StringComparison.Ordinal));

    [Fact]
    public void In_PlainType_FindsNothing() => Assert.Empty(OrleansUse.In(typeof(Plain)));

    private class ByBase : OrleansException;

    private abstract class ByInterface : IAddressable;

    private class ByField
    {
        public GrainId Field = GrainId.Create("kind", "key");
    }

    private class ByProperty
    {
        public GrainId Property { get; set; }
    }

    private class ByParameter
    {
        public static void Method(ref GrainId id) => _ = id;
    }

    private class ByReturn
    {
        public static GrainId[] Method() => [];
    }

    private class ByLocal
    {
        public static string Method()
        {
            GrainId id = GrainId.Create("kind", "key");
            return id.ToString() + id.Key;
        }
    }

    private class ByGenericArgument
    {
        public Dictionary<string, List<GrainId>> Field = [];
    }

    private class ByConstraint<T>
        where T : IAddressable
    {
        public static void Method() => Console.Write(typeof(T));
    }

    [Reentrant]
    private class ByAttribute;

    private class ByMemberAttribute
    {
        [Id(0)]
        public int Field = 1;
    }

    private class Plain
    {
        public List<int[]> Field = [];

        public static string Method(string text) => text.Trim();
    }
}
