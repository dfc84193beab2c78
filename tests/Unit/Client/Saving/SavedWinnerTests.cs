using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sweeper.Client;
using Sweeper.Client.Saving;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Xunit;

namespace Sweeper.Tests.Unit.Client.Saving;

/// <summary>Which trial is saved, and what is said about it.</summary>
public sealed class SavedWinnerTests
{
    private const string Info = """
        {"model":{"name":"small-cnn"},"input":{"channels":1,"height":28,"width":28},"classes":["a|b","<c>"],"mean":[0.25],"standard_deviation":[0.5]}
        """;

    private static readonly byte[] Values = [0, 0, 128, 63, 0, 0, 0, 64];

    private static readonly SafetensorsContent Model = new(File(
        $$$"""{"__metadata__":{"sweeper":{{{JsonSerializer.Serialize(Info)}}}},"b.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},"a.bias":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"""));

    private static string Hash => Convert.ToHexStringLower(SHA256.HashData(Values));

    [Fact]
    public void Of_Replicates_TakesTheOneThatWasSelectedByTheBestAccuracy()
    {
        var winner = Winner.Of(SampleSweep.Results);
        SweepResults byTest = SampleSweep.Results with { Spec = SampleSweep.Spec with { Search = SampleSweep.Spec.Search with { SelectBy = SelectionSet.Test } } };

        Assert.Equal("T-0003", winner.TrialName);
        Assert.Equal([3, 4], winner.Replicates.Select(trial => trial.Number));
        Assert.Equal("T-0004", Winner.Of(byTest).TrialName);
    }

    [Fact]
    public void Of_NothingToSave_SaysWhy()
    {
        CliException none = Assert.Throws<CliException>(() => Winner.Of(SampleSweep.Results with { Trials = [] }));
        Assert.Equal(ExitCode.Failed, none.ExitCode);

        TrialPlan heir = new(TrialRole.Candidate, 4, SampleSweep.Spec.Training.Schedule, "", Lineage: new Lineage(1, 2, 1, "identity", 4, false));
        CliException gone = Assert.Throws<CliException>(() => Winner.Of(SampleSweep.Results with { Trials = [SampleSweep.Trials[2] with { Plan = heir }] }));
        Assert.Equal(ExitCode.BadInput, gone.ExitCode);
        Assert.Contains("the weights of T-0001, which are gone", gone.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToRunAgain_AnySweep_IsAValidSpecOfThatTrialAlone()
    {
        string longest = new('x', 60);
        SweepResults results = SampleSweep.Results with
        {
            Spec = SampleSweep.Spec with
            {
                Name = longest,
                Limits = new LimitsSpec(Trials: 1, Epochs: 0.1, Attempts: 7),
                Training = SampleSweep.Spec.Training with { Schedule = SampleSweep.Spec.Training.Schedule with { Milestones = [0.5] } },
            },
        };

        SweepSpec again = Winner.Of(results).ToRunAgain();

        Assert.Equal([], SpecValidator.Validate(again));
        Assert.Equal((60, true), (again.Name.Length, again.Name.EndsWith("-weights", StringComparison.Ordinal)));
        Assert.Equal(new LimitsSpec(Attempts: 7), again.Limits); // what the sweep could spend is spent
        TrialRecord trial = SampleSweep.Trials[2];
        Assert.Equal(JobIdentity.OfTrial(results.Spec, trial.Configuration, trial.Seed, trial.Plan), JobIdentity.OfTrial(again, again.Repeat!.Configuration, again.Repeat.Seed, again.Repeat.Plan));
    }

    [Fact]
    public void Content_File_TellsHashTensorsAndDescription()
    {
        Assert.Equal(Hash, Model.WeightsHash());
        Assert.Equal([("b.weight", "1 x 1"), ("a.bias", "1")], Model.Tensors());
        Assert.Equal(28, (int)Model.Info()["input"]!["height"]!);
        Assert.Throws<InvalidDataException>(() => new SafetensorsContent(BitConverter.GetBytes(1000L)).WeightsHash());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Card_Model_SaysWhetherItIsTheTrialsOwn(bool same)
    {
        SavedWinner saved = Saved(same);

        string card = new ModelCard(saved, null, DateTimeOffset.UnixEpoch).Write();
        using var json = JsonDocument.Parse(ModelJson.Of(saved));

        Assert.Equal(same, saved.IsProved);
        Assert.Equal(same, json.RootElement.GetProperty("weights").GetProperty("same_as_trial").GetBoolean());
        Assert.Contains(same ? "own, bit for bit" : "They are NOT T-0003's own bits", card, StringComparison.Ordinal);
        Assert.Equal(!same, card.Contains("| the saved weights |", StringComparison.Ordinal));
        Assert.Contains("Classes: a\\|b, &lt;c&gt;.", card, StringComparison.Ordinal);
        Assert.Contains("`b.weight` (1 x 1), `a.bias` (1)", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_FolderThatCannotBeFilled_LeavesNothingBehind()
    {
        string root = Directory.CreateTempSubdirectory("sweeper-folder-").FullName;
        try
        {
            string folder = Path.Combine(root, "new");
            await Assert.ThrowsAnyAsync<IOException>(() => ModelFolder.WriteAsync(folder, [("one", [1]), ("no/such/folder", [2])], TestContext.Current.CancellationToken));
            Assert.False(Directory.Exists(folder));

            Directory.CreateDirectory(folder);
            await Assert.ThrowsAnyAsync<IOException>(() => ModelFolder.WriteAsync(folder, [("one", [1]), ("no/such/folder", [2])], TestContext.Current.CancellationToken));
            Assert.Empty(Directory.GetFileSystemEntries(folder));

            await ModelFolder.WriteAsync(folder, [("one", [1]), ("two", [2])], TestContext.Current.CancellationToken);
            Assert.Equal(["one", "two"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static SavedWinner Saved(bool same)
    {
        TrialRecord trial = SampleSweep.Trials[2];
        TrialRecord own = trial with { Outcome = new JobOutcome.Trained(trial.Score! with { WeightsHash = same ? Hash : "00" }) };
        SweepResults results = SampleSweep.Results with { Trials = SampleSweep.Trials.SetItem(2, own) };
        return new SavedWinner(Winner.Of(results), own with { Outcome = new JobOutcome.Trained(trial.Score! with { WeightsHash = Hash }) }, Model);
    }

    private static byte[] File(string header) => [.. BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. Values];
}
