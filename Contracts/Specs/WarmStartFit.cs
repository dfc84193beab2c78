using Sweeper.Contracts.Specs.Fields;

namespace Sweeper.Contracts.Specs;

/// <summary>Whether results of one sweep say anything about another.</summary>
public static class WarmStartFit
{
    /// <summary>Why nothing can be taken from a sweep; null: something may be.</summary>
    /// <param name="spec">The later sweep's spec.</param>
    /// <param name="source">The earlier one's.</param>
    public static string? Refusal(SweepSpec spec, SweepSpec source)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(source);
        return source switch
        {
            { Purpose: not SweepPurpose.Search } => "it is a single job, not a search",
            _ when ModelFamilies.Of(source.Model.Name) != ModelFamilies.Of(spec.Model.Name) =>
                $"it trained {source.Model.Name}, which is not of the family of {spec.Model.Name}",
            _ when source.Model.PluginSha256 != spec.Model.PluginSha256 => $"it trained another {spec.Model.Name}: the contents of the plug-ins differ",
            _ when source.Model.ScriptSha256 != spec.Model.ScriptSha256 => $"it trained another {spec.Model.Name}: the contents of the TorchScript files differ",
            _ when source.Training.Optimizer.Type != spec.Training.Optimizer.Type =>
                $"it trained with {OptimizerFields.Type.Write(source)}, not {OptimizerFields.Type.Write(spec)}: their rates and decays do not compare",
            _ when Cycles(source) != Cycles(spec) =>
                $"it trained with the schedule {ScheduleFields.Type.Write(source)}, not {ScheduleFields.Type.Write(spec)}: a peak and a constant rate do not compare",
            _ => null,
        };
    }

    private static bool Cycles(SweepSpec spec) => ScheduleFields.CycleTypes.Contains(spec.Training.Schedule.Type);
}
