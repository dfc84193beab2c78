using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Sweeper.Plugins;
using Sweeper.Training.Data;
using Sweeper.Training.OwnModels.Scripts;

namespace Sweeper.Training.OwnModels;

/// <summary>
/// Models and metrics of users' own: those that the host's code registers, and those of the plug-ins in the operator's folders. A plug-in's code runs
/// only once a model of it is asked for. Its methods may be called by any thread.
/// </summary>
public sealed class ModelRegistry
{
    /// <summary>In place of a plug-in's name: the model is registered in the host's code.</summary>
    public const string Host = "host";

    private readonly ImmutableArray<string> _folders;
    private readonly ConcurrentDictionary<string, OwnModelSource> _host = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, OwnMetric> _hostMetrics = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Assembly>> _loaded = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ScriptArchive> _scripts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Stamp, PluginContent Content)> _read = new(StringComparer.Ordinal);

    /// <summary>A registry.</summary>
    /// <param name="folders">Folders whose plug-ins may be loaded; none: no plug-in may.</param>
    public ModelRegistry(params IEnumerable<string> folders) => _folders = [.. folders];

    /// <summary>Folders whose plug-ins may be loaded.</summary>
    public ImmutableArray<string> Folders => _folders;

    /// <summary>Folders below which a TorchScript file must lie; null: anywhere.</summary>
    public PermittedFolders? PermittedScripts { get; set; }

    /// <summary>Registers a model of the host's own code.</summary>
    /// <param name="name">Name in specs.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add<TModel>(string name)
        where TModel : IModelBuilder, new()
    {
        Register(_host, "model", name, new OwnModelSource(name, Host, HashOf(typeof(TModel)), () => new TModel()));
    }

    /// <summary>Registers a metric of the host's own code.</summary>
    /// <param name="name">Name in specs.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void AddMetric<TMetric>(string name)
        where TMetric : IMetric, new()
    {
        Register(_hostMetrics, "metric", name, new OwnMetric(name, Host, HashOf(typeof(TMetric)), () => new TMetric()));
    }

    /// <summary>Names of the plug-ins that there are, with the SHA-256 of each that can be read; the host itself is one where it has models.</summary>
    public IEnumerable<(string Plugin, string? Sha256)> List()
    {
        foreach (string hash in _host.Values.Select(model => model.Sha256).Concat(_hostMetrics.Values.Select(metric => metric.Sha256)))
        {
            yield return (Host, hash);
        }

        foreach (string path in _folders.Where(Directory.Exists).SelectMany(Files))
        {
            string? hash = null;
            try
            {
                hash = Read(path).Sha256;
            }
            catch (OwnModelException)
            {
                // An assembly that is no plug-in: whoever names it is told why.
            }

            if (hash is not null)
            {
                yield return (Path.GetFileNameWithoutExtension(path), hash);
            }
        }
    }

    /// <summary>SHA-256 of a plug-in's content, or of a model in the host's code. Nothing of a plug-in runs.</summary>
    /// <exception cref="OwnModelException">There is no such plug-in, or it cannot be used.</exception>
    public string HashOf(string plugin, string model) => plugin == Host ? Registered(_host, "model", model).Sha256 : Read(PathOf(plugin)).Sha256;

    /// <summary>A model; loads the plug-in where that has not happened yet.</summary>
    /// <param name="plugin">Name of the plug-in, or <see cref="Host"/>.</param>
    /// <param name="model">Name of the model.</param>
    /// <param name="sha256">What its content must be; null: whatever it is.</param>
    /// <exception cref="OwnModelException">There is no such model, or it cannot be used.</exception>
    public OwnModelSource Find(string plugin, string model, string? sha256)
    {
        if (plugin == Host)
        {
            OwnModelSource own = Registered(_host, "model", model);
            return sha256 is null || own.Sha256 == sha256 ? own : throw Other($"model {model} of the host", own.Sha256, sha256);
        }

        (Assembly assembly, string hash) = Load(plugin, sha256);
        return new OwnModelSource(model, plugin, hash, PluginTypes.FindModel(plugin, assembly, model));
    }

    /// <summary>SHA-256 of a plug-in's content, or of a metric in the host's code. Nothing of a plug-in runs.</summary>
    /// <exception cref="OwnModelException">There is no such plug-in, or it cannot be used.</exception>
    public string HashOfMetric(string plugin, string metric) => plugin == Host ? Registered(_hostMetrics, "metric", metric).Sha256 : Read(PathOf(plugin)).Sha256;

    /// <summary>A metric; loads the plug-in where that has not happened yet.</summary>
    /// <param name="plugin">Name of the plug-in, or <see cref="Host"/>.</param>
    /// <param name="metric">Name of the metric.</param>
    /// <param name="sha256">What its content must be; null: whatever it is.</param>
    /// <exception cref="OwnModelException">There is no such metric, or it cannot be used.</exception>
    public OwnMetric FindMetric(string plugin, string metric, string? sha256)
    {
        if (plugin == Host)
        {
            OwnMetric own = Registered(_hostMetrics, "metric", metric);
            return sha256 is null || own.Sha256 == sha256 ? own : throw Other($"metric {metric} of the host", own.Sha256, sha256);
        }

        (Assembly assembly, string hash) = Load(plugin, sha256);
        return new OwnMetric(metric, plugin, hash, PluginTypes.FindMetric(plugin, assembly, metric));
    }

    private (Assembly Assembly, string Sha256) Load(string plugin, string? sha256)
    {
        Assembly assembly;
        string hash = sha256 ?? "";
        if (sha256 is not null && _loaded.TryGetValue(sha256, out Lazy<Assembly>? known))
        {
            assembly = known.Value; // the file may have changed since; what was accepted goes on
        }
        else
        {
            PluginContent content = Read(PathOf(plugin));
            hash = content.Sha256;
            if (sha256 is not null && hash != sha256)
            {
                throw Other($"plug-in {plugin}", hash, sha256);
            }

            assembly = _loaded.GetOrAdd(hash, _ => new Lazy<Assembly>(() => new PluginContext(content).Load())).Value;
        }

        return (assembly, hash);
    }

    /// <summary>SHA-256 of a TorchScript file. Nothing of it runs.</summary>
    /// <exception cref="OwnModelException">There is no such file, or it may not be read.</exception>
    public string HashOfScript(string path) => ReadScript(path).Sha256;

    /// <summary>A TorchScript file as a model.</summary>
    /// <param name="script">The file.</param>
    /// <param name="model">What it is called.</param>
    /// <param name="sha256">What its content must be; null: whatever it is.</param>
    /// <exception cref="OwnModelException">There is no such file, or it cannot be used.</exception>
    public OwnModelSource FindScript(ScriptFile script, string model, string? sha256)
    {
        ArgumentNullException.ThrowIfNull(script);
        if (sha256 is null || !_scripts.TryGetValue(sha256, out ScriptArchive? archive)) // the file may have changed since; what was accepted goes on
        {
            archive = ReadScript(script.Path);
            if (sha256 is not null && archive.Sha256 != sha256)
            {
                throw Other(script.Path, archive.Sha256, sha256);
            }

            _scripts[archive.Sha256] = archive;
        }

        return new OwnModelSource(model, script.Path, archive.Sha256, () => new ScriptBuilder(archive, script.KeepsWeights), script);
    }

    private ScriptArchive ReadScript(string path) => PermittedScripts?.ComplaintOf(path) is { } complaint
        ? throw new OwnModelException(complaint)
        : ScriptArchive.Read(path);

    private static OwnModelException Other(string what, string has, string wanted) =>
        new($"{what} has another content here (SHA-256 {has[..12]}) than the sweep was accepted with ({wanted[..12]}): put the file back, or start a new sweep");

    private static void Register<TOwn>(ConcurrentDictionary<string, TOwn> known, string kind, string name, TOwn own)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!known.TryAdd(name, own))
        {
            throw new ArgumentException($"a {kind} called '{name}' is registered already", nameof(name));
        }
    }

    private static TOwn Registered<TOwn>(ConcurrentDictionary<string, TOwn> known, string kind, string name) => known.TryGetValue(name, out TOwn? own) ? own : throw new OwnModelException(
        $"no {kind} '{name}' is registered in the code of this silo's program; {(known.IsEmpty ? "none is: its own program is started with --silo" : $"registered: {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}")}");

    /// <summary>Of code of the host: its version is new with every other content.</summary>
    private static string HashOf(Type type) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{type.Module.ModuleVersionId:N} {type.FullName}")));

    private string PathOf(string plugin)
    {
        if (_folders.IsEmpty)
        {
            throw new OwnModelException($"this silo loads no plug-ins, so not {plugin} either: whoever runs it names a folder of plug-ins with --plugins DIR");
        }

        return PluginContent.Find(_folders, plugin) ?? throw new OwnModelException(
            $"there is no plug-in {plugin}: neither {plugin}.dll nor {plugin}/{plugin}.dll lies in {string.Join(", ", _folders)}{Known()}");
    }

    private string Known() => _folders.Where(Directory.Exists).SelectMany(Files).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal).Take(10).ToArray() is { Length: > 0 } names
        ? $"; there are {string.Join(", ", names)}"
        : "";

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*.dll")
        .Concat(Directory.EnumerateDirectories(folder).Select(inner => Path.Combine(inner, Path.GetFileName(inner) + ".dll")).Where(File.Exists));

    private PluginContent Read(string path)
    {
        string stamp = Stamp(path);
        if (_read.TryGetValue(path, out (string Stamp, PluginContent Content) known) && known.Stamp == stamp)
        {
            return known.Content;
        }

        PluginContent content = PluginContent.Read(path);
        _read[path] = (stamp, content);
        return content;
    }

    /// <summary>What changes where the plug-in or something beside it does.</summary>
    private static string Stamp(string path) => string.Join('\n', new DirectoryInfo(Path.GetDirectoryName(path)!).EnumerateFiles("*.dll") // the path of a file has one
        .OrderBy(file => file.Name, StringComparer.Ordinal)
        .Select(file => FormattableString.Invariant($"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}")));
}
