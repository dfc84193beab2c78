namespace Sweeper.Contracts.Specs.Fields;

/// <summary>What a spec whose trainer is the user's own has nothing to say about.</summary>
internal static class TrainedOutside
{
    /// <summary>Whether a field means nothing for a spec: it is about the engine's models and data, and a program of the user's own trains.</summary>
    public static bool HasNo(this SweepSpec spec, SpecField field) => spec.Trainer is not null && field.IsOfEngine;
}
