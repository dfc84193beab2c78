using Sweeper.Silo.Clustering;

namespace Sweeper.Silo;

/// <summary>
/// What a silo does whose jobs hang in native code: such threads cannot be ended, only their process can. In a cluster the silo
/// hands its other jobs to the rest and starts anew; one that is a cluster by itself goes on with what slots it has, and ends
/// when it has none.
/// </summary>
internal sealed partial class HungThreads(IHostApplicationLifetime lifetime, ILogger<HungThreads> logger)
{
    /// <summary>Whether the silo ends for that reason.</summary>
    public bool End { get; private set; }

    /// <summary>Looks at what there is.</summary>
    /// <param name="hung">Slots that are lost to threads that hang.</param>
    /// <param name="left">Slots without them.</param>
    /// <param name="alone">Whether it is a cluster by itself.</param>
    public void Consider(int hung, int left, bool alone)
    {
        if (hung > 0 && (left == 0 || !alone) && !End)
        {
            End = true;
            LogEnds(hung, alone ? "ends; every job goes on from its last checkpoint when the sweep is resumed" : "hands its jobs to the others and starts anew");
            lifetime.StopApplication();
        }
    }

    /// <summary>Starts the process anew, where it is one of several.</summary>
    /// <returns>Its exit code, where it does not.</returns>
    public static int Leave(bool alone)
    {
        if (!alone)
        {
            Console.Error.WriteLine($"sweeper silo: the process could not start itself anew ({ProcessRestart.Run()}); it ends.");
        }

        return SiloExit.Hung;
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Hung} threads of jobs hang: this silo {What}")]
    private partial void LogEnds(int hung, string what);
}
