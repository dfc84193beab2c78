using Sweeper.Contracts.Specs;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Xunit;

namespace Sweeper.Tests.Unit.Specs;

/// <summary>Contracts cannot see the engine; these tests hold its lists of names equal to the engine's catalogues.</summary>
public sealed class KnownNamesTests
{
    [Fact]
    public void Models_AreTheEngines() => Assert.Equal(ModelCatalog.Names.Order(), KnownNames.BuiltIn.Models.Order());

    [Fact]
    public void DataSets_AreTheEngines() => Assert.Equal(DataCatalog.Names.Order(), KnownNames.BuiltIn.DataSets.Order());
}
