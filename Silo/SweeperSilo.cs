using System.Globalization;
using Sweeper.Contracts.Errors;
using Sweeper.Plugins;
using Sweeper.Training.OwnModels;

namespace Sweeper.Silo;

/// <summary>
/// A silo with models of one's own code, as a program of one's own: <c>return await new SweeperSilo().AddModel&lt;MyNet&gt;("my-net").RunAsync(args);</c>.
/// A console starts it with <c>--silo</c>.
/// </summary>
public sealed class SweeperSilo
{
    private readonly List<Action<ModelRegistry>> _models = [];

    /// <summary>Registers a model: <c>model: {name: NAME, plugin: host}</c> in a spec.</summary>
    /// <param name="name">Name in specs, beside <c>plugin: host</c>.</param>
    public SweeperSilo AddModel<TModel>(string name)
        where TModel : IModelBuilder, new()
    {
        _models.Add(registry => registry.Add<TModel>(name));
        return this;
    }

    /// <summary>Registers a metric: <c>training.metrics: [host/NAME]</c> in a spec.</summary>
    /// <param name="name">Name in specs, behind <c>host/</c>.</param>
    public SweeperSilo AddMetric<TMetric>(string name)
        where TMetric : IMetric, new()
    {
        _models.Add(registry => registry.AddMetric<TMetric>(name));
        return this;
    }

    /// <summary>Runs the silo until it is told to end.</summary>
    /// <param name="args">The program's arguments, as they are.</param>
    /// <returns>Exit code.</returns>
    public Task<int> RunAsync(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return DryRun.IsAsked(args) ? Task.FromResult(DryRun.Run(args, Registry)) : SiloProgram.RunAsync(args, Registry);
    }

    /// <summary>
    /// Starts the silo within this process, for a notebook, a test or a service: clients connect to its <see cref="RunningSilo.Gateway"/>.
    /// There is no second process then: where a native library crashes, in a training or while a model is tried, this one ends; what had
    /// finished is stored.
    /// </summary>
    /// <param name="dataDirectory">Folder of results, checkpoints and data sets; one silo has it at a time.</param>
    /// <param name="slots">Jobs at once; 0: as many as suit the device.</param>
    /// <param name="threads">Threads of each CPU slot; 0: all cores divided by the slots.</param>
    /// <exception cref="InvalidOperationException">It cannot start; says why, such as that another silo has the folder.</exception>
    public async Task<RunningSilo> StartAsync(string dataDirectory, int slots = 0, int threads = 0)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(dataDirectory);
        try
        {
            SiloOptions options = SiloArguments.Read(
                ["--data-dir", Path.GetFullPath(dataDirectory), "--slots", Text(slots), "--threads", Text(threads), "--log-level", "error"]);
            ModelRegistry registry = Registry(options.Plugins);
            return await SiloProgram.StartAsync(options, registry, new DryRunProcess(registry), ownsProcess: false);
        }
        catch (Exception error) when (error is SiloStartException or StoreUnavailableException)
        {
            throw new InvalidOperationException(error.Message, error);
        }

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    private ModelRegistry Registry(IEnumerable<string> folders)
    {
        var registry = new ModelRegistry(folders);
        _models.ForEach(add => add(registry));
        return registry;
    }
}
