namespace Sweeper.Training.Running;

/// <summary>What a metric of a user's own says.</summary>
/// <param name="Name">Name of the metric.</param>
/// <param name="Value">Finite; the more, the better.</param>
public readonly record struct OwnReading(string Name, double Value);
