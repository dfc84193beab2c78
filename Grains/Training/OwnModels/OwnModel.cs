using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Sweeper.Plugins;
using Sweeper.Training.Models;
using Sweeper.Training.OwnModels.Scripts;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.OwnModels;

/// <summary>A model of a user's own with its settings, ready to be built.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Settings">Values of its hyperparameters that are not its defaults.</param>
public sealed record OwnModel(OwnModelSource Source, ImmutableArray<OwnModelSetting> Settings)
{
    /// <summary>
    /// Layers of torch draw from the one generator of the process. Nothing else of a trial does; under this lock it stands on the trial's
    /// seed while a model is built, so that the weights follow from the seed alone.
    /// </summary>
    internal static readonly Lock GlobalGenerator = new();

    /// <summary>What its numbers depend on, in one line.</summary>
    internal string Identity => $"{Source.Model} {Source.Sha256} {string.Join(' ', Settings.Select(setting => $"{setting.Name}={setting.Word ?? setting.Number?.ToString("R", CultureInfo.InvariantCulture)}"))}{(Source.Script is { KeepsWeights: true } ? " from_file" : "")}";

    /// <summary>Builds it, in training mode.</summary>
    /// <exception cref="OwnModelException">Its code failed, or it is not what can be trained.</exception>
    internal ImageModel Create(ImageShape input, int classes, double dropoutRate, Generator weights, Generator dropout, Device device)
    {
        IModelBuilder builder = Source.NewBuilder();
        if (builder is ScriptBuilder script)
        {
            script.Device = device; // only code of ours knows devices
        }

        IReadOnlyList<Hyperparameter> declared = builder.Hyperparameters;
        List<string> problems = [.. OwnModelValues.Check(declared)];
        Dictionary<string, object> values = problems.Count > 0 ? [] : OwnModelValues.Of(declared, Settings, (name, problem) => problems.Add($"{name}: {problem}"));
        if (problems.Count > 0)
        {
            throw new OwnModelException(string.Join("; ", problems));
        }

        var plan = new ModelPlan(input.Channels, input.Height, input.Width, classes, dropoutRate, weights, dropout, values);
        nn.Module<Tensor, Tensor> network = Draw(builder, plan, weights) ?? throw new OwnModelException("Build returned null in place of a module");
        return new OwnModelNetwork(Source.Model, input, classes, network, device);
    }

    private static nn.Module<Tensor, Tensor>? Draw(IModelBuilder builder, ModelPlan plan, Generator weights)
    {
        using DisposeScope scope = NewDisposeScope();
        long seed = randint(int.MaxValue, [1], ScalarType.Int64, CPU, generator: weights).data<long>()[0];
        lock (GlobalGenerator)
        {
            Tensor before = random.get_rng_state();
            try
            {
                manual_seed(seed);
                return OnThreadOfItsOwn(() => builder.Build(plan));
            }
            finally
            {
                random.set_rng_state(before);
            }
        }
    }

    /// <summary>Dispose scopes belong to threads: on a new one none takes the tensors that the model keeps, registered or not.</summary>
    private static T OnThreadOfItsOwn<T>(Func<T> build)
    {
        T? built = default;
        bool ended = false;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                built = build();
                ended = true;
            }
            catch (Exception error) // thrown below, where the caller hears of it
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
        })
        {
            IsBackground = true, Name = "model build",
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        if (!ended)
        {
            Thread.Sleep(Timeout.Infinite); // the code ends this process, its thread first: whoever waits for the process hears of that
        }

        return built!; // build returned it
    }
}
