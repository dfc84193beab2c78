using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Sweeper.Training.Running;

/// <summary>A checkpoint on its way to the disk, on a thread of its own.</summary>
internal sealed class CheckpointWrite
{
    private readonly string _path;
    private readonly Checkpoint _taken;
    private readonly Func<TimeSpan> _elapsed;
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _failure;
    private TimeSpan _cost;

    private CheckpointWrite(string path, Checkpoint taken, Func<TimeSpan> elapsed)
    {
        (_path, _taken, _elapsed) = (path, taken, elapsed);
        _thread = new Thread(Write) { IsBackground = true, Name = $"save {Path.GetFileName(path)}" };
    }

    /// <summary>Whether it is written, or has failed.</summary>
    public bool HasEnded => !_thread.IsAlive;

    /// <summary>Begins to write.</summary>
    /// <param name="path">The file.</param>
    /// <param name="taken">What it is to hold.</param>
    /// <param name="elapsed">Time since the run was stopped to copy it.</param>
    public static CheckpointWrite Begin(string path, Checkpoint taken, Func<TimeSpan> elapsed)
    {
        var write = new CheckpointWrite(path, taken, elapsed);
        write._thread.Start();
        return write;
    }

    /// <summary>Waits until it is on the disk.</summary>
    /// <returns>Time from the copy until then.</returns>
    /// <exception cref="CheckpointException">The file system refuses.</exception>
    public TimeSpan Wait()
    {
        _thread.Join();
        _failure?.Throw();
        return _cost;
    }

    private void Write()
    {
        try
        {
            using Activity? span = RunTelemetry.Current.StartSpan(RunTelemetry.SaveSpan);
            CheckpointFile.Write(_path, _taken);
            RunWatch.NoteSize(_path, span, RunWatch.Save);
            _cost = _elapsed();
            RunTelemetry.Current.CheckpointTook(_cost.TotalSeconds, RunWatch.Save);
        }
        catch (Exception error) // It is the run's, which hears of it when it waits.
        {
            _failure = ExceptionDispatchInfo.Capture(error);
        }
    }
}
