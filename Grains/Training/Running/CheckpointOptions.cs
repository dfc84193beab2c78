namespace Sweeper.Training.Running;

/// <summary>Where and how often a run is saved. A checkpoint found at the place is resumed from.</summary>
public sealed record CheckpointOptions
{
    /// <summary>File; its folder is made where it is missing. Beside it stands, for moments, a file of the same name with <c>.tmp</c> at its end.</summary>
    public required string Path { get; init; }

    /// <summary>Shortest training time between two saves.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Largest part of the run's time that saving may take; in (0, 1]. Costly saves are spaced further apart.</summary>
    public double MaxCost { get; init; } = 0.01;

    /// <summary>Whether a cancelled run is saved before it ends, so that no step is lost.</summary>
    public bool SaveOnCancel { get; init; } = true;

    /// <summary>Whether the file is deleted when the run has ended in any other way than cancelled.</summary>
    public bool DeleteAtEnd { get; init; } = true;

    /// <summary>Every reason why a run cannot be saved like this; empty: it can. Touches no file.</summary>
    public IReadOnlyList<string> Check()
    {
        List<string> problems = [];
        if (string.IsNullOrWhiteSpace(Path))
        {
            problems.Add("the checkpoint has no path");
        }

        if (Interval < TimeSpan.Zero)
        {
            problems.Add($"the checkpoint interval is {Interval}; it must be at least 0");
        }

        if (!(MaxCost > 0 && MaxCost <= 1))
        {
            problems.Add(FormattableString.Invariant($"the checkpoints' largest cost is {MaxCost}; it must be greater than 0 and at most 1"));
        }

        return problems;
    }
}
