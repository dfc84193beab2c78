using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sweeper.Plugins;
using Sweeper.Training.Models;
using Sweeper.Training.Optimisers;
using Sweeper.Training.OwnModels.Scripts;
using Sweeper.Training.Running;
using Sweeper.Training.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.OwnModels;

/// <summary>
/// Tries a model, or metrics, of a user's own on two random images or a few random answers, in a process of its own: code that is not ours may loop, abort or exit, and
/// takes nothing else with it. <see cref="DryRunProcess"/> starts that process.
/// </summary>
public static class DryRun
{
    /// <summary>First argument of a program that is to do nothing but this.</summary>
    public const string Verb = "model-check";

    private const int Images = 2;
    private const int Seed = 1;

    /// <summary>Whether a program's arguments ask for it.</summary>
    public static bool IsAsked(IReadOnlyList<string> args) => args is [Verb, _, _];

    /// <summary>Does what the arguments ask for.</summary>
    /// <param name="args">The verb, the file of the request and the file of the answer.</param>
    /// <param name="registryOf">Makes the registry of some folders of plug-ins.</param>
    /// <returns>Exit code.</returns>
    public static int Run(IReadOnlyList<string> args, Func<IEnumerable<string>, ModelRegistry> registryOf)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(registryOf);
        DryRunRequest request = JsonSerializer.Deserialize(File.ReadAllText(args[1]), DryRunJson.Default.DryRunRequest)
            ?? throw new JsonException("the request is null");
        TorchRuntime.Configure(1);
        DryRunAnswer answer = Try(request, registryOf(request.Folders));
        File.WriteAllText(args[2], JsonSerializer.Serialize(answer, DryRunJson.Default.DryRunAnswer));
        return 0;
    }

    /// <summary>Tries every case of a request.</summary>
    internal static DryRunAnswer Try(DryRunRequest request, ModelRegistry registry)
    {
        var problems = new List<DryRunProblem>();
        var parameters = ImmutableArray.CreateBuilder<long>();
        ImmutableArray<DeclaredHyperparameter> declared = [];
        double? loss = null;
        foreach (MetricRequest metric in request.Metrics.IsDefault ? [] : request.Metrics)
        {
            Attempt(null, () => MetricTrial.Try(registry.FindMetric(metric.Plugin, metric.Name, metric.Sha256), request.ClassNames), metric.Name);
        }

        Attempt(null, () =>
        {
            if (request.Model.Length == 0)
            {
                return;
            }

            OwnModelSource source = request.Script is { } script
                ? registry.FindScript(script, request.Model, request.Sha256)
                : registry.Find(request.Plugin, request.Model, request.Sha256);
            IReadOnlyList<Hyperparameter> all = source.NewBuilder().Hyperparameters;
            problems.AddRange(OwnModelValues.Check(all).Select(problem => new DryRunProblem(null, problem)));
            declared = [.. all.Select(one => new DeclaredHyperparameter(one.Name, one.Words, one is Hyperparameter.Real))];
            foreach (DryRunCase one in problems.Count > 0 ? [] : request.Cases)
            {
                int before = problems.Count;
                OwnModelValues.Of(all, one.Settings, (name, problem) => problems.Add(new DryRunProblem(name, problem)));
                if (problems.Count == before)
                {
                    Attempt(one, () =>
                    {
                        (long count, double first) = Step(new OwnModel(source, one.Settings), one.Dropout, request);
                        parameters.Add(count);
                        loss ??= first;
                    });
                }
            }
        });
        return new DryRunAnswer([.. problems.Distinct()], declared, parameters.ToImmutable(), problems.Count > 0 ? null : loss);

        void Attempt(DryRunCase? one, Action act, string? metric = null)
        {
            try
            {
                act();
            }
            catch (OwnModelException error)
            {
                problems.Add(new DryRunProblem(null, error.Message + Where(one), metric));
            }
            catch (Exception error) // the user's code may throw anything, and to say what is the purpose of this process
            {
                problems.Add(new DryRunProblem(null, $"{error.GetType().Name}: {OneLine(error.Message)}{Where(one)}", metric));
            }
        }
    }

    private static (long Parameters, double Loss) Step(OwnModel own, double dropoutRate, DryRunRequest request)
    {
        var shape = new ImageShape(request.Channels, request.Height, request.Width);
        using DisposeScope scope = NewDisposeScope();
        using Generator dropout = new(Seed, CPU);
        using ImageModel model = Build(own, dropoutRate, shape, request.Classes, dropout);
        using ImageModel again = Build(own, dropoutRate, shape, request.Classes, dropout);
        if (!model.parameters().Zip(again.parameters()).All(pair => pair.First.shape.SequenceEqual(pair.Second.shape) && pair.First.equal(pair.Second).all().ToBoolean()))
        {
            throw new OwnModelException("two networks of one seed have different first weights: draw from torch's layers or from plan.Weights, from nothing else");
        }

        if (own.Source.Script is not null)
        {
            ScriptTrial.Require(again.named_parameters().Select(one => (one.name, one.parameter)));
        }

        using Generator pixels = new(Seed, CPU);
        Tensor images = randn([Images, shape.Channels, shape.Height, shape.Width], generator: pixels);
        if (own.Source.Script is not null)
        {
            using ImageModel undropped = Build(own, 0, shape, request.Classes, dropout);
            ScriptTrial.RequireNoDraw(undropped, images);
        }

        Tensor before = random.get_rng_state();
        Tensor logits = model.forward(images);
        if (logits.dim() != 2 || logits.shape[0] != Images || logits.shape[1] != request.Classes)
        {
            throw new OwnModelException($"the model answers with shape [{string.Join(", ", logits.shape)}] for {Images} {(request.Regression ? "rows with one number to predict" : $"images of {request.Classes} classes")}; [{Images}, {request.Classes}] is right");
        }

        if (!request.Regression && AreProbabilities(logits, request.Classes))
        {
            throw new OwnModelException("the model answers with probabilities, which sum to 1; the loss takes logits: leave the softmax at its end out");
        }

        if (!before.equal(random.get_rng_state()).all().ToBoolean())
        {
            throw new OwnModelException("the model draws from torch's own generator while it trains, which trials share: in place of torch's Dropout use plan.Dropout()");
        }

        using FlatParameters flat = new(model.parameters(), decayAll: false);
        using Optimiser optimiser = Optimiser.Create(new OptimiserOptions.Sgd(), flat);
        Tensor answers = model.forward(images);
        Tensor loss = request.Regression
            ? nn.functional.mse_loss(answers.squeeze(1), tensor(new float[] { -1, 1 }))
            : nn.functional.cross_entropy(answers, tensor(new long[] { 0, request.Classes - 1 }));
        loss.backward();
        if (flat.Gradients.count_nonzero().item<long>() == 0)
        {
            throw new OwnModelException("no gradient reaches any parameter: is something detached, or under no_grad?");
        }

        optimiser.Step(new SchedulePoint(1e-3, 0.9));
        model.eval();
        using IDisposable noGradient = no_grad();
        if (!model.forward(images).equal(model.forward(images)).all().ToBoolean())
        {
            throw new OwnModelException("after eval() the model answers differently to the same images: evaluation must not be random");
        }

        double value = loss.item<float>();
        return double.IsFinite(value) ? (model.ParameterCount, value) : throw new OwnModelException("the first loss is not a finite number");
    }

    private static bool AreProbabilities(Tensor answers, int classes)
    {
        const double Rounding = 1e-4;
        using Tensor here = answers.detach().to(ScalarType.Float32).contiguous();
        return here.data<float>().ToArray().Chunk(classes).All(row => row.All(value => value >= 0) && Math.Abs(row.Sum(value => (double)value) - 1) < Rounding);
    }

    private static ImageModel Build(OwnModel own, double dropoutRate, ImageShape shape, int classes, Generator dropout)
    {
        using Generator weights = new(Seed, CPU);
        return own.Create(shape, classes, dropoutRate, weights, dropout, CPU);
    }

    private static string Where(DryRunCase? one) => one is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $" (with dropout {one.Dropout}{string.Concat(one.Settings.Select(setting => $", {setting.Name} {setting.Word ?? setting.Number?.ToString("R", CultureInfo.InvariantCulture)}"))})");

    /// <summary>First line of a message, as libtorch adds its own call stack; of TorchScript's, which begin with that stack, the last error.</summary>
    private static string OneLine(string message)
    {
        string[] lines = message.Split('\n', StringSplitOptions.TrimEntries);
        return lines[0].Contains("TorchScript interpreter", StringComparison.Ordinal)
            ? lines.LastOrDefault(line => line.Contains("Error: ", StringComparison.Ordinal)) ?? lines[0]
            : lines[0];
    }
}
