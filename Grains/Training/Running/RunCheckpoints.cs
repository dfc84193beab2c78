
namespace Sweeper.Training.Running;

/// <summary>Saves a run from time to time and finds where it stood.</summary>
/// <param name="options">Where and how often.</param>
/// <param name="fingerprint">Identity of the run.</param>
/// <param name="time">Source of time.</param>
internal sealed class RunCheckpoints(CheckpointOptions options, string fingerprint, TimeProvider time)
{
    private readonly CheckpointTimer _timer = new(options, time);

    /// <summary>Whether it is time to save.</summary>
    public bool IsDue => _timer.IsDue;

    /// <summary>Whether a cancelled run is saved.</summary>
    public bool SaveOnCancel => options.SaveOnCancel;

    /// <summary>Saves.</summary>
    /// <param name="capture">Makes the checkpoint, given the run's identity.</param>
    public void Save(Func<string, Checkpoint> capture)
    {
        using var watch = RunWatch.SaveCheckpoint();
        _timer.Run(() => CheckpointFile.Write(options.Path, capture(fingerprint)));
        watch.NoteSize(options.Path);
    }

    /// <summary>The checkpoint to go on from, verified to be this run's; null where there is none.</summary>
    /// <param name="session">Session that it must fit.</param>
    /// <param name="totalSteps">Steps in the run.</param>
    /// <exception cref="CheckpointException">There is one that cannot be used.</exception>
    public Checkpoint? Find(TrainingSession session, int totalSteps)
    {
        if (!File.Exists(options.Path))
        {
            return null;
        }

        using var watch = RunWatch.LoadCheckpoint();
        if (CheckpointFile.Read(options.Path) is not { } found)
        {
            return null;
        }

        watch.NoteSize(options.Path);
        watch.Span?.SetTag(RunTelemetry.StepTag, found.Step);

        if (found.Fingerprint != fingerprint)
        {
            throw CheckpointFile.Foreign(options.Path, "the job, its images, the type of device or the libtorch version differ");
        }

        string? reason = found.Step >= 0 && found.Step <= totalSteps
            ? session.WhyForeign(found.Session)
            : $"it stands at step {found.Step} of {totalSteps}";
        return reason is null ? found : throw CheckpointFile.Foreign(options.Path, reason);
    }

    /// <summary>Removes what is left of the run, where the options say so.</summary>
    public void End(bool cancelled)
    {
        if (options.DeleteAtEnd && !cancelled)
        {
            CheckpointFile.Delete(options.Path);
        }
    }
}
