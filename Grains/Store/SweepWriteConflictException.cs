namespace Sweeper.Grains.Store;

/// <summary>Another coordinator of the same sweep has written meanwhile: this one's state is stale and it must start anew.</summary>
public sealed class SweepWriteConflictException : Exception
{
    /// <summary>Creates it.</summary>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="sequence">Event number that does not follow what is stored.</param>
    public SweepWriteConflictException(string sweep, long sequence)
        : base($"Event {sequence} of sweep '{sweep}' does not follow what is stored: another coordinator has written meanwhile, or the sweep was deleted.")
    {
    }
}
