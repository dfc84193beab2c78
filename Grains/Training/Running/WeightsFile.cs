namespace Sweeper.Training.Running;

/// <summary>
/// Final weights on disk, for another run to start from: parameters and batch-norm statistics, in the form of a checkpoint that
/// has nothing else in it.
/// </summary>
internal static class WeightsFile
{
    private const string Marker = "final weights";

    /// <summary>Writes the weights of a session.</summary>
    /// <exception cref="CheckpointException">The file system refuses.</exception>
    public static void Write(string path, TrainingSession session) => CheckpointFile.Write(path, new Checkpoint
    {
        Fingerprint = Marker,
        Step = 0,
        WallTime = TimeSpan.Zero,
        TrainingTime = TimeSpan.Zero,
        Monitor = DivergenceMonitor.Start,
        Curve = [],
        PendingLosses = (0, 0),
        Evaluations = [],
        Session = session.Save() with { Optimiser = [] },
    });

    /// <summary>Puts weights into a session that stands before its first batch.</summary>
    /// <exception cref="CheckpointException">There are none, or they cannot be used. A run never starts from fresh ones instead.</exception>
    public static void Load(string path, TrainingSession session)
    {
        Checkpoint found;
        try
        {
            found = CheckpointFile.Read(path) ?? throw new CheckpointException(
                $"the weights that this run starts from are missing: there is no {path}; every worker must reach the folder of the checkpoints, and the run that left them must be trained again");
        }
        catch (CheckpointException error) when (File.Exists(path))
        {
            throw new CheckpointException($"the weights that this run starts from, {path}, cannot be read or have been changed; the run that left them must be trained again", error);
        }

        if (found.Fingerprint != Marker)
        {
            throw new CheckpointException($"{path} holds no final weights that a run could start from");
        }

        try
        {
            session.RestoreWeights(found.Session);
        }
        catch (ArgumentException error)
        {
            throw new CheckpointException($"{path} cannot be started from: {error.Message}", error);
        }
    }
}
