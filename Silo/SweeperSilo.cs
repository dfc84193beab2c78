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

    /// <summary>Runs the silo until it is told to end.</summary>
    /// <param name="args">The program's arguments, as they are.</param>
    /// <returns>Exit code.</returns>
    public Task<int> RunAsync(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return DryRun.IsAsked(args) ? Task.FromResult(DryRun.Run(args, Registry)) : SiloProgram.RunAsync(args, Registry);
    }

    private ModelRegistry Registry(IEnumerable<string> folders)
    {
        var registry = new ModelRegistry(folders);
        _models.ForEach(add => add(registry));
        return registry;
    }
}
