using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Specs;

/// <summary>What a spec says of a user's own data.</summary>
public sealed class OwnDataSpecTests
{
    private const string Table = "data: {set: table, path: rows.csv, target: species, test_path: test.csv}";

    [Fact]
    public void Read_Table_KeepsTargetAndTestFileThroughTextAndJson()
    {
        SweepSpec spec = Good.Read(Good.With(Table, "model: mlp"));

        Assert.Equal(("table", "rows.csv", "species", "test.csv"), (spec.Data.Set, spec.Data.Path, spec.Data.Target, spec.Data.TestPath));
        Assert.Equal(spec, SpecJson.Read(SpecJson.Write(spec)));
        Assert.Equal(spec, Good.Read(SpecYaml.Write(spec)));
    }

    [Fact]
    public void Read_StreamedFolder_KeepsItThroughTextAndJsonAndSaysNothingOfItElsewhere()
    {
        SweepSpec spec = Good.Read(Good.With("data: {set: image-folder, path: pictures, streaming: true}", "model: mlp"));

        Assert.True(spec.Data.Streaming);
        Assert.Equal(spec, SpecJson.Read(SpecJson.Write(spec)));
        Assert.Equal(spec, Good.Read(SpecYaml.Write(spec)));
        Assert.DoesNotContain("streaming", SpecJson.Write(spec with { Data = spec.Data with { Streaming = false } }), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SpecOfImages_HasTheFingerprintOfBefore()
    {
        SweepSpec images = Good.Read(Good.Text);
        Configuration at = Configuration.At(new CellKey(128, 1e-4, 0), 0.1);

        Assert.DoesNotContain("target", SpecJson.Write(images), StringComparison.Ordinal); // so stored results are found again
        Assert.NotEqual(
            JobIdentity.OfTrial(images with { Data = images.Data with { Target = "a" } }, at, 1, null),
            JobIdentity.OfTrial(images with { Data = images.Data with { Target = "b" } }, at, 1, null));
    }

    [Fact]
    public void IsSameSet_OwnFiles_GoByTheirPathAndTargetOthersByTheirName()
    {
        DataSpec rows = Good.Read(Good.With(Table, "model: mlp")).Data;

        Assert.True(rows.IsSameSet(rows with { Validation = 0.2 }));
        Assert.False(rows.IsSameSet(rows with { Path = "other.csv" }));
        Assert.False(rows.IsSameSet(rows with { Target = "other" }));
        Assert.True(new DataSpec("mnist", "/a").IsSameSet(new DataSpec("mnist", "/b")));
        Assert.False(new DataSpec("mnist").IsSameSet(new DataSpec("kmnist")));
    }

    [Theory]
    [InlineData("data: {set: table, path: x.csv}", "mlp", "data.target", "is missing; table needs the name of the column that holds the classes")]
    [InlineData("data: {set: table, target: y}", "mlp", "data.path", "is missing; table needs the .csv or .parquet file that holds the rows")]
    [InlineData("data: {set: table, path: x.csv, target: y}", "resnet9", "model", "is for images, table has rows; use mlp, or a set of images")]
    [InlineData("data: {set: table, path: x.csv, target: y, augment: {crop: 4}}", "mlp", "data.augment.crop", "has an effect only with a set of images")]
    [InlineData("data: {set: table, path: x.csv, target: y, image_size: 32}", "mlp", "data.image_size", "has an effect only with set image-folder")]
    public void Read_TableThatCannotBeMeantSo_SaysWhatWouldBe(string data, string model, string path, string message)
    {
        SpecProblem problem = Assert.Single(SpecReader.Read(Good.With(data, $"model: {model}")).Problems);

        Assert.Equal(path, problem.Path);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }
}
