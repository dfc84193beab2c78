using System.Collections.Immutable;
using Sweeper.Contracts.Specs;

namespace Sweeper.Contracts.Workers;

/// <summary>Labels that say which plug-ins a worker has: a sweep's jobs go only where its plug-in is, with the same content.</summary>
public static class PluginLabels
{
    private const string Prefix = "plugin:";
    private const int ShownOfHash = 12;

    /// <summary>Label of a plug-in of some content.</summary>
    public static string Of(string plugin, string sha256) => $"{Prefix}{plugin}:{sha256[..ShownOfHash]}";

    /// <summary>How a sweep shares the devices, the need of its plug-in included; null: as an equal among equals.</summary>
    public static SharingSpec? Sharing(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        string[] labels = [.. Plugins(spec).Where(plugin => plugin.Sha256 is not null).Select(plugin => Of(plugin.Name, plugin.Sha256!)).Distinct()]; // filtered by it
        if (labels.Length == 0)
        {
            return spec.Sharing;
        }

        SharingSpec sharing = spec.Sharing ?? SharingSpec.Default;
        DeviceNeeds needs = sharing.Needs ?? new DeviceNeeds();
        return sharing with { Needs = needs with { Labels = $"{needs.Labels} {string.Join(' ', labels)}".Trim() } };
    }

    /// <summary>Those of some workers that have a spec's plug-in; all where none has, so that one of them says why.</summary>
    public static ImmutableArray<WorkerStatus> Prefer(SweepSpec spec, ImmutableArray<WorkerStatus> workers)
    {
        ArgumentNullException.ThrowIfNull(spec);
        string[] labels = [.. Plugins(spec).Select(plugin => plugin.Sha256 is { } hash ? Of(plugin.Name, hash) : $"{Prefix}{plugin.Name}:").Distinct()];
        ImmutableArray<WorkerStatus> having =
        [
            .. workers.Where(worker => labels.All(label => !worker.Labels.IsDefault && worker.Labels.Any(one => one.StartsWith(label, StringComparison.Ordinal)))),
        ];
        return having.IsEmpty ? workers : having;
    }

    private static IEnumerable<(string Name, string? Sha256)> Plugins(SweepSpec spec)
    {
        if (spec.Model.Plugin is { } plugin)
        {
            yield return (plugin, spec.Model.PluginSha256);
        }

        foreach (MetricSpec metric in spec.Training.Metrics?.List ?? [])
        {
            yield return (metric.Plugin, metric.Sha256);
        }
    }
}
