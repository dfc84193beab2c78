using System.Text;
using System.Text.Json;
using Parquet;
using Parquet.Serialization;
using Sweeper.Client;
using Sweeper.Client.Exporting;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Exporting;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Json;
using Sweeper.Contracts.Sweeps;
using Xunit;

namespace Sweeper.Tests.Unit.Client;

public sealed class ExportTests
{
    [Fact]
    public async Task CsvWriter_Trials_HasAHeaderAndARowEach()
    {
        string[] lines = (await CsvAsync(SweepTables.Trials(SampleSweep.Results))).Split("\r\n");

        Assert.StartsWith("sweep,trial,cell,max_lr,batch_size,weight_decay,dropout,replicate,seed,state,evidence,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("fashion[1],T-0003,1,0.85,128,0.0005,0,1,13,completed,,0.31,0.3,0.902,0.33,0.893,c0ffee,1,laptop/cpu,", lines[3], StringComparison.Ordinal);
        Assert.StartsWith("fashion[1],T-0007,3,,512,", lines[7], StringComparison.Ordinal);
        Assert.Equal(SampleSweep.Trials.Length + 2, lines.Length);
        Assert.Empty(lines[^1]);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=cmd()", "'=cmd()")]
    public async Task CsvWriter_AwkwardText_IsQuoted(string text, string field)
    {
        string csv = await CsvAsync(ExportTable.Of([text], [new TextOf<string>("t", value => value)]));

        Assert.Equal($"t\r\n{field}\r\n", csv);
    }

    [Fact]
    public async Task ParquetTableWriter_Trials_ReadBackEqual()
    {
        ExportTable table = SweepTables.Trials(SampleSweep.Results);
        using var stream = new MemoryStream();
        await ParquetTableWriter.WriteAsync(table, stream);
        stream.Position = 0;
        var read = await ParquetSerializer.DeserializeUntypedAsync(stream, new ParquetOptions(), null, TestContext.Current.CancellationToken);

        Assert.Equal(table.Rows, read.Data.Count);
        for (int row = 0; row < table.Rows; row++)
        {
            foreach (ExportColumn column in table.Columns)
            {
                Assert.Equal(column.At(row), read.Data[row].GetValueOrDefault(column.Name));
            }
        }
    }

    [Fact]
    public async Task JsonTableWriter_Curves_HasNullsForWhatIsNoNumber()
    {
        JobCurves curves = SampleSweep.TrialCurves(0.85, 0.9);
        ExportTable table = SweepTables.Curves(SampleSweep.Name, [(new JobKey(SampleSweep.Name, JobKind.Trial, 3), curves)]);
        using var stream = new MemoryStream();
        await JsonTableWriter.WriteAsync(table, stream);
        using var json = JsonDocument.Parse(stream.ToArray());

        Assert.Equal(curves.Step.Length + curves.Evaluations.Length, json.RootElement.GetArrayLength());
        Assert.Equal(JsonValueKind.Null, json.RootElement[0].GetProperty("smoothed_loss").ValueKind);
        Assert.Equal("T-0003", json.RootElement[0].GetProperty("job").GetString());
    }

    [Fact]
    public void SweepTables_RangeTests_HaveEverySuggestion()
    {
        ExportTable table = SweepTables.RangeTests(SampleSweep.Results);

        Assert.Equal(4, table.Rows);
        Assert.Equal(0.041, table.Columns.Single(column => column.Name == "valley").At(0));
        Assert.Null(table.Columns.Single(column => column.Name == "valley").At(3));
    }

    [Fact]
    public void SweepJson_Sweep_IsSnakeCaseWithoutNaN()
    {
        SweepView view = SampleSweep.View with
        {
            Running = [SampleSweep.View.Running[0] with { Progress = SampleSweep.View.Running[0].Progress! with { TrainLoss = double.NaN } }],
        };
        string json = JsonSerializer.Serialize(view, JsonOutput.Options);
        using var parsed = JsonDocument.Parse(json);

        Assert.Equal("running", parsed.RootElement.GetProperty("status").GetString());
        Assert.Equal("validation", parsed.RootElement.GetProperty("select_by").GetString());
        Assert.Equal(JsonValueKind.Null, parsed.RootElement.GetProperty("running")[0].GetProperty("progress").GetProperty("train_loss").ValueKind);
        Assert.Equal("range_tested", parsed.RootElement.GetProperty("cells")[0].GetProperty("outcome").GetProperty("kind").GetString());
    }

    [Fact]
    public void SweepJson_Results_HasTheDocumentedParts()
    {
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(SweepJson.Of(SampleSweep.Results), JsonOutput.Options));

        Assert.Equal(
            ["summary", "spec", "cells", "trials", "leaderboard", "stopping", "changes", "batch_rule", "warm_start"], json.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(0.85, json.RootElement.GetProperty("leaderboard")[0].GetProperty("configuration").GetProperty("max_learning_rate").GetDouble());
        Assert.Equal("fastai", json.RootElement.GetProperty("spec").GetProperty("training").GetProperty("schedule").GetProperty("type").GetString(), ignoreCase: true);
    }

    [Fact]
    public async Task WriteAsync_FailureHalfWay_LeavesTheOldFileAndNothingElse()
    {
        using var folder = new TestFolder();
        string target = folder.File("out.csv", "old");
        await Assert.ThrowsAsync<IOException>(() => AtomicFile.WriteAsync(target, async stream =>
        {
            await stream.WriteAsync("half"u8.ToArray());
            throw new IOException("No space left on device");
        }));

        Assert.Equal("old", await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken));
        Assert.Single(Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public void Check_Target_RefusesWhatWouldBeLostOrCannotBe()
    {
        using var folder = new TestFolder();
        string existing = folder.File("out.csv", "old");

        Assert.Throws<CliException>(() => ExportTarget.Check(existing, force: false));
        Assert.Throws<CliException>(() => ExportTarget.Check(folder.Path, force: true));
        Assert.Throws<CliException>(() => ExportTarget.Check("/dev/null", force: true));
        Assert.Throws<CliException>(() => ExportTarget.Check(Path.Combine(folder.Path, "none", "out.csv"), force: true));
        Assert.Equal(existing, ExportTarget.Check(existing, force: true));
    }

    private static async Task<string> CsvAsync(ExportTable table)
    {
        using var stream = new MemoryStream();
        await CsvWriter.WriteAsync(table, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
