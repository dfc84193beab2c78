
namespace Sweeper.Training.Running;

/// <summary>
/// Saves a run from time to time and finds where it stood. The run stops for as long as its state is copied; another thread writes it, one write
/// at a time. A write that failed ends the run at its next step.
/// </summary>
/// <param name="options">Where and how often.</param>
/// <param name="fingerprint">Identity of the run.</param>
/// <param name="time">Source of time.</param>
internal sealed class RunCheckpoints(CheckpointOptions options, string fingerprint, TimeProvider time)
{
    private readonly CheckpointTimer _timer = new(options, time);

    private CheckpointWrite? _writing;

    /// <summary>Whether it is time to save.</summary>
    /// <exception cref="CheckpointException">The last one could not be written.</exception>
    public bool IsDue
    {
        get
        {
            if (_writing is { HasEnded: true })
            {
                Finish();
            }

            return _timer.IsDue;
        }
    }

    /// <summary>Whether a cancelled run is saved.</summary>
    public bool SaveOnCancel => options.SaveOnCancel;

    /// <summary>Saves; what it copies is on the disk once <see cref="End"/> has returned.</summary>
    /// <param name="capture">Makes the checkpoint, given the run's identity.</param>
    /// <exception cref="CheckpointException">The one before could not be written.</exception>
    public void Save(Func<string, Checkpoint> capture)
    {
        RunTelemetry.Current.Enter(RunTelemetry.Checkpointing);
        Finish();
        long start = _timer.Begin();
        Checkpoint taken = capture(fingerprint);
        _writing = CheckpointWrite.Begin(options.Path, taken, () => time.GetElapsedTime(start));
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

    /// <summary>Waits for the last write, and removes what is left of the run, where the options say so.</summary>
    /// <exception cref="CheckpointException">It could not be written, or not be removed.</exception>
    public void End(bool cancelled)
    {
        Finish();
        if (options.DeleteAtEnd && !cancelled)
        {
            CheckpointFile.Delete(options.Path);
        }
    }

    /// <summary>Waits for the last write after the run has failed, which is what there is to tell: whoever tries again finds the file at rest.</summary>
    public void Abandon()
    {
        try
        {
            Finish();
        }
        catch (CheckpointException)
        {
            // The run's own failure came first.
        }
    }

    private void Finish()
    {
        if (_writing is { } writing)
        {
            _writing = null;
            _timer.Note(writing.Wait());
        }
    }
}
