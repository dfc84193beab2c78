namespace Sweeper.Training.Schedules;

/// <summary>The two readings of Smith's 1cycle.</summary>
public enum SmithForm
{
    /// <summary>
    /// As the author's runs did it (logs of hyperParam1): the way down aims at zero and stops at the final rate, which
    /// then stays.
    /// </summary>
    AsRun,

    /// <summary>
    /// As the papers word it: down to where it began, then the remaining steps fall to the final rate. That this fall is
    /// a straight line is our reading.
    /// </summary>
    AsWritten,
}
