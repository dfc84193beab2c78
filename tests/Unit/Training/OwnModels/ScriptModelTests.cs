using System.IO.Compression;
using System.Text;
using Sweeper.Tests.Unit.Specs;
using Sweeper.Tests.Unit.Training.Running;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.OwnModels;
using Sweeper.Training.OwnModels.Scripts;
using Sweeper.Training.Optimisers;
using Sweeper.Training.Running;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.OwnModels;

/// <summary>TorchScript files as models; the file was made by PyTorch 1.13, with one dropout layer at 0.5.</summary>
[Collection(GlobalGenerator.Collection)]
public sealed class ScriptModelTests : IDisposable
{
    private static readonly string Tiny = Repository.PathOf("tests/EndToEnd/OwnModels/Scripts/tiny.pt");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sweeper-script-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Build_FromSeed_DrawsAsPyTorchsLayersDoAndStartsTheNormAnew()
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel first = Build(Tiny, seed: 1);
        using ImageModel again = Build(Tiny, seed: 1);
        using ImageModel other = Build(Tiny, seed: 2);
        using ImageModel file = Build(Tiny, seed: 1, keepsWeights: true);

        Dictionary<string, Parameter> drawn = first.named_parameters().ToDictionary(one => one.name["network.".Length..], one => one.parameter);
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "6.weight", "6.bias"], drawn.Keys);
        Assert.All(first.parameters().Zip(again.parameters()), pair => Assert.True(pair.First.BitEqual(pair.Second)));
        Assert.Contains(first.parameters().Zip(other.parameters()), pair => !pair.First.BitEqual(pair.Second));
        Assert.Contains(first.parameters().Zip(file.parameters()), pair => !pair.First.BitEqual(pair.Second));
        Assert.InRange(drawn["0.weight"].abs().max().item<float>(), 0.25f, 1 / 3f); // fan in 9
        Assert.InRange(drawn["0.bias"].abs().max().item<float>(), 0.05f, 1 / 3f);
        Assert.InRange(drawn["6.weight"].abs().max().item<float>(), 0.12f, 1 / 8f); // fan in 64
        Assert.Equal((1, 0), (drawn["1.weight"].mean().item<float>(), drawn["1.bias"].abs().sum().item<float>()));
        Assert.Equal(3, first.buffers().Count());
        Assert.Equal(4 + 4 + 4 + 36 + 640 + 10, first.ParameterCount);
    }

    [Fact]
    public void Forward_InTraining_DropsAtTheSearchsRateFromTheTrialsOwnGenerator()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator masks = new(3);
        using ImageModel model = Build(Tiny, dropout: 0.4, masks: masks);
        using ImageModel none = Build(Tiny, dropout: 0);
        Tensor images = rand(64, 1, 28, 28);
        Tensor state = masks.get_state();
        Tensor shared = random.get_rng_state();
        Tensor first = model.forward(images);
        Tensor next = model.forward(images);
        Assert.True(shared.BitEqual(random.get_rng_state()), "torch's own generator stands where it stood");
        masks.set_state(state);
        manual_seed(99); // a neighbour
        Assert.True(first.BitEqual(model.forward(images)));
        Assert.False(first.BitEqual(next));
        Assert.True(none.forward(images).BitEqual(none.forward(images)));
        model.eval();
        none.eval();
        using IDisposable noGradient = no_grad();
        Assert.True(model.forward(images).BitEqual(model.forward(images)));
    }

    [Fact]
    public void Forward_AtRateZero_LeavesTorchsGeneratorAloneOnceTheCodeIsOptimised()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator masks = new(3);
        using ImageModel model = Build(Tiny, dropout: 0, masks: masks);
        Tensor images = rand(64, 1, 28, 28);
        Tensor shared = random.get_rng_state();
        for (int step = 0; step < 4; step++)
        {
            model.forward(images).sum().backward();
        }

        Assert.True(shared.BitEqual(random.get_rng_state()), "a neighbour's masks would be others");
    }

    [Fact]
    public void Train_BesideTrialsOfOtherRates_EndsWithTheBitsOfTheTrialAlone()
    {
        using ImageData data = EngineFixtures.Synthetic();
        double[] rates = [0, 0.1, 0.2, 0.45];
        CancellationToken stop = TestContext.Current.CancellationToken;
        TrainingResult[] alone = [.. rates.Select(rate => Train(data, null, null, rate, stop))];
        var together = new TrainingResult[rates.Length];

        Thread[] threads = [.. rates.Select((rate, i) => new Thread(() => together[i] = Train(data, null, null, rate, stop)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.All(alone.Zip(together), pair => TrainerTests.AssertSameNumbers(pair.First, pair.Second));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.25)]
    public void WithDropout_ReplacesTheRateOfEveryCall(double rate)
    {
        const string Code = """
            _2 = torch.dropout_(input, p, training)
            x = torch.feature_dropout(torch.relu(f(a, "),", )), 0.5, self.training)
            _5 = torch.batch_norm(input, weight, bias, mean, var, training, momentum, eps, True)
            """;

        string changed = ScriptCalls.WithDropout(Code, rate);

        string written = rate == 0 ? "0.0" : "0.25";
        Assert.Contains($"torch.dropout_(input, {written}, training)", changed, StringComparison.Ordinal);
        Assert.Contains($"torch.feature_dropout(torch.relu(f(a, \"),\", )), {written}, self.training)", changed, StringComparison.Ordinal);
        Assert.Contains("training, momentum, eps, True)", changed, StringComparison.Ordinal);
        Assert.Contains("torch.dropout_(input, p, False)", ScriptCalls.WithoutDropout(Code), StringComparison.Ordinal);
        Assert.Contains(", 0.5, False)", ScriptCalls.WithoutDropout(Code), StringComparison.Ordinal);
        Assert.Equal(["training", "self.training", "training"], ScriptCalls.Find(Code).Select(call => call.Training));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.15)]
    [InlineData(0.3)]
    public void Train_CancelledAndResumed_EndsWithTheSameBits(double dropout)
    {
        using ImageData data = EngineFixtures.Synthetic();
        TrainingResult whole = Train(data, null, null, dropout, TestContext.Current.CancellationToken);
        string checkpoint = Path.Combine(_folder.FullName, "trial.ckpt");
        using var stop = new CancellationTokenSource();
        SynchronousProgress at = new(report =>
        {
            if (report.Step == 12)
            {
                stop.Cancel();
            }
        });

        TrainingResult cancelled = Train(data, checkpoint, at, dropout, stop.Token);
        TrainingResult resumed = Train(data, checkpoint, null, dropout, TestContext.Current.CancellationToken);

        Assert.Equal(new TrainingOutcome.Cancelled(12), cancelled.Outcome);
        Assert.Equal(12, resumed.ResumedFromStep);
        TrainerTests.AssertSameNumbers(whole, resumed);
    }

    [Fact]
    public void Save_Trained_LoadsWithTheSameOutputsAndIsNotLargerThanTheFile()
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel model = Build(Tiny, seed: 4);
        using FlatParameters flat = new(model.parameters(), decayAll: false);
        using (no_grad())
        {
            flat.Values.mul_(1.5f);
            model.forward(rand(64, 1, 28, 28)); // running statistics move
        }

        string saved = Path.Combine(_folder.FullName, "saved.pt");
        Assert.IsType<OwnModelNetwork>(model).Script!.Save(saved);
        model.eval();
        using jit.ScriptModule<Tensor, Tensor> loaded = jit.load<Tensor, Tensor>(saved);
        using IDisposable noGradient = no_grad();
        Tensor images = rand(8, 1, 28, 28);

        Assert.False(loaded.training);
        Assert.True(model.forward(images).BitEqual(loaded.call(images)) || model.forward(images).sub(loaded.call(images)).abs().max().item<float>() < 1e-6f);
        Assert.InRange(new FileInfo(saved).Length, 1, new FileInfo(Tiny).Length + 4096);
    }

    [Fact]
    public void Try_SoundFile_CountsItsParametersAndHasALoss()
    {
        DryRunAnswer answer = DryRun.Try(Request(Tiny, 0.3, keepsWeights: false), new ModelRegistry());

        Assert.Empty(answer.Problems);
        Assert.Equal(698, Assert.Single(answer.Parameters));
        Assert.InRange(answer.Loss!.Value, 0.5, 10);
    }

    /// <summary>What a file is made into; the rate of dropout; whether its weights are kept; what is said.</summary>
    public static TheoryData<string, double, bool, string> Bad => new()
    {
        { "missing", 0, false, "there is no file" },
        { "text", 0, false, "is no TorchScript file, or it is damaged" },
        { "weights", 0, false, "holds no TorchScript code: it may be what torch.save wrote" },
        { "truncated", 0, false, "is no TorchScript file, or it is damaged" },
        { "traced", 0, false, "says False where batch_norm asks whether the network trains, as a traced network does" },
        { "undropped", 0.2, false, "has no dropout to set: search.space.dropout: 0 is right for it" },
        { "unknown", 0, false, "how 6.weight (of zorch.nn.modules.linear.Linear), 6.bias (of zorch.nn.modules.linear.Linear) would be drawn from a seed is not known here" },
        { "random", 0, true, "draws random numbers in training elsewhere than in its dropout layers" },
        { "wide", 0, true, "the model answers with shape [2, 64] for 2 images of 10 classes; [2, 10] is right" },
        { "unparsable", 0, true, "torch cannot load" },
        { "narrow", 0, true, "shapes cannot be multiplied" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Try_FileThatCannotBeTrained_SaysWhy(string kind, double dropout, bool keepsWeights, string message)
    {
        string path = Spoilt(kind);

        DryRunAnswer answer = DryRun.Try(Request(path, dropout, keepsWeights), new ModelRegistry());

        Assert.Contains(message, Assert.Single(answer.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Require_ParametersThatShareValues_AreNamed()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor values = zeros(4);
        Tensor same = values.alias();
        OwnModelException error = Assert.Throws<OwnModelException>(
            () => ScriptTrial.Require([("a", new Parameter(values)), ("b", new Parameter(zeros(3))), ("c", new Parameter(same))]));

        Assert.Contains("parameters a and c share their values", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FindScript_OutsideThePermittedFoldersOrChanged_IsRefused()
    {
        var registry = new ModelRegistry { PermittedScripts = new PermittedFolders([_folder.FullName]) };

        Assert.Contains("--data-root", Assert.Throws<OwnModelException>(() => registry.HashOfScript(Tiny)).Message, StringComparison.Ordinal);
        string inside = Path.Combine(_folder.FullName, "in.pt");
        File.Copy(Tiny, inside);
        Assert.Equal(64, registry.HashOfScript(inside).Length);
        Assert.Contains(
            "has another content here", Assert.Throws<OwnModelException>(() => registry.FindScript(new ScriptFile(inside, false), "m", new string('0', 64))).Message, StringComparison.Ordinal);
    }

    private static ImageModel Build(string path, long seed = 1, double dropout = 0, bool keepsWeights = false, Generator? masks = null)
    {
        using Generator weights = new((ulong)seed, CPU);
        var options = new ModelOptions { Name = "tiny", Own = Own(path, keepsWeights), Dropout = dropout };
        return ModelCatalog.Create(options, new ImageShape(1, 28, 28), 10, weights, masks ?? weights, CPU);
    }

    private static OwnModel Own(string path, bool keepsWeights) => new(new ModelRegistry().FindScript(new ScriptFile(path, keepsWeights), "tiny", null), []);

    private static TrainingResult Train(ImageData data, string? checkpoint, IProgress<TrainingProgress>? progress, double dropout, CancellationToken stop) => new Trainer(TimeProvider.System).Run(
        EngineFixtures.Job() with
        {
            Model = new ModelOptions { Name = "tiny", Own = Own(Tiny, keepsWeights: false), Dropout = dropout },
            Length = new RunLength.InSteps(30),
            Checkpoint = checkpoint is null ? null : new CheckpointOptions { Path = checkpoint },
        },
        data, progress, stop);

    private static DryRunRequest Request(string path, double dropout, bool keepsWeights) =>
        new([], "", "tiny", null!, 1, 28, 28, 10, [new DryRunCase(dropout, [])], new ScriptFile(path, keepsWeights));

    private string Spoilt(string kind)
    {
        string path = Path.Combine(_folder.FullName, kind + ".pt");
        switch (kind)
        {
            case "missing":
                return path;
            case "text":
                File.WriteAllText(path, "no archive");
                return path;
            case "truncated":
                File.WriteAllBytes(path, File.ReadAllBytes(Tiny)[..5000]);
                return path;
            default:
                break;
        }

        using (ZipArchive from = ZipFile.OpenRead(Tiny))
        using (ZipArchive to = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            foreach (ZipArchiveEntry entry in from.Entries.Where(entry => kind != "weights" || !entry.FullName.Contains("/code/", StringComparison.Ordinal)))
            {
                using Stream source = entry.Open();
                using var bytes = new MemoryStream();
                source.CopyTo(bytes);
                using Stream target = to.CreateEntry(Spoil(kind, entry.FullName)).Open();
                target.Write(Encoding.Latin1.GetBytes(Spoil(kind, Encoding.Latin1.GetString(bytes.ToArray())))); // code, and types in the pickled tree
            }
        }

        return path;
    }

    private static string Spoil(string kind, string code) => kind switch
    {
        "traced" => code.Replace("running_var, training,", "running_var, False,", StringComparison.Ordinal),
        "undropped" => code.Replace("torch.dropout_(input, p, training)", "input", StringComparison.Ordinal).Replace("torch.dropout(input, p, training)", "input", StringComparison.Ordinal),
        "unknown" => code.Replace("__torch__.torch.nn.modules.linear", "__torch__.zorch.nn.modules.linear", StringComparison.Ordinal)
            .Replace("__torch__/torch/nn/modules/linear", "__torch__/zorch/nn/modules/linear", StringComparison.Ordinal),
        "random" => code.Replace("torch.relu(input)", "torch.relu(torch.add(input, torch.rand_like(input)))", StringComparison.Ordinal),
        "wide" => code.Replace("torch.linear(input, weight, bias)", "input", StringComparison.Ordinal),
        "narrow" => code.Replace("torch.linear(input, weight, bias)", "torch.linear(torch.linear(input, weight, bias), weight, bias)", StringComparison.Ordinal),
        "unparsable" => code.Replace("def forward(", "def forward((", StringComparison.Ordinal),
        _ => code,
    };
}
