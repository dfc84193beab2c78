using Xunit;

namespace Sweeper.Tests.EndToEnd.Page;

/// <summary>Tests that share one silo, one after the other.</summary>
[CollectionDefinition(nameof(PageGroup))]
public sealed class PageGroup : ICollectionFixture<PageSilo>;
