using System.Globalization;
using Sweeper.Contracts.Jobs;
using Sweeper.Training.RangeTests;
using Sweeper.Training.Running;
using Sweeper.Training.Schedules;

namespace Sweeper.Grains.Workers.External;

/// <summary>
/// What an external trainer has reported, and what the engine's own rules make of it. A program that goes on from a checkpoint
/// reports steps again that it has reported before: then what came after them never was.
/// </summary>
/// <param name="plan">What the job asks.</param>
/// <param name="classes">Classes that accuracy is about.</param>
internal sealed class MetricsRecorder(ExternalPlan plan, int classes)
{
    // As in the engine: a ramp moves on, and what a run may recover from, a rate that only rises does not.
    private static readonly DivergenceRule RampRule = new() { Patience = 10 };
    private static readonly DivergenceRule RunRule = new();

    private readonly List<(int Step, double Loss, double Smoothed)> _losses = [];
    private readonly List<Evaluation> _readings = [];
    private DivergenceMonitor _monitor = DivergenceMonitor.Start;
    private LossExplosion _explosion = LossExplosion.Start;

    /// <summary>Step of the last loss; 0 before the first.</summary>
    public int Step => _losses.Count == 0 ? 0 : _losses[^1].Step;

    /// <summary>What is wrong with what was reported; null: nothing.</summary>
    public string? Complaint { get; private set; }

    /// <summary>Where and why it counts as diverged; null: it does not.</summary>
    public JobOutcome.Diverged? Diverged { get; private set; }

    /// <summary>Losses, in order.</summary>
    public IReadOnlyList<(int Step, double Loss, double Smoothed)> Losses => _losses;

    /// <summary>Readings on held-out data, in order.</summary>
    public IReadOnlyList<Evaluation> Readings => _readings;

    /// <summary>The last reading on some data; null: none.</summary>
    public Evaluation? Last(EvaluationSet set) => _readings.Where(reading => reading.Images == set).Select(reading => (Evaluation?)reading).LastOrDefault();

    /// <summary>Takes a line; nothing once something was wrong, or the run has diverged.</summary>
    public void Take(string text)
    {
        if (Complaint is not null || Diverged is not null)
        {
            return;
        }

        (MetricsLine? line, string? complaint) = MetricsLine.Read(text, plan.Steps);
        if (line is null)
        {
            string shown = text.Length <= 120 ? text : text[..120] + "...";
            Complaint = $"the line of metrics '{shown}' {complaint}";
            return;
        }

        if (line.Loss is { } loss)
        {
            TakeLoss(line.Step, loss);
        }

        if (Complaint is null && Diverged is null)
        {
            TakeReading(line.Validation);
            TakeReading(line.Test);
        }
    }

    private void TakeLoss(int step, double loss)
    {
        if (step <= Step)
        {
            GoBackTo(step);
        }

        if (plan.Ramp is not null && step != Step + 1)
        {
            Complaint = string.Create(CultureInfo.InvariantCulture, $"the loss of step {Step + 1} is missing: a range test needs that of every step, and that of step {step} came next");
            return;
        }

        if (Add(step, loss) is { } evidence)
        {
            Diverge(step, evidence);
        }
    }

    private void TakeReading(Evaluation? reading)
    {
        if (reading is not { } taken)
        {
            return;
        }

        if (!double.IsFinite(taken.Loss))
        {
            Diverge(taken.Step, string.Create(CultureInfo.InvariantCulture, $"the loss on held-out data is {taken.Loss}"));
            return;
        }

        _readings.RemoveAll(earlier => earlier.Images == taken.Images && earlier.Step >= taken.Step);
        _readings.Add(taken);
    }

    private void Diverge(int step, string evidence) => Diverged ??= new JobOutcome.Diverged(step, plan.Schedule.At(step - 1).LearningRate, evidence);

    private string? Add(int step, double loss)
    {
        (_monitor, string? evidence) = _monitor.Add(loss, plan.Ramp is null ? RunRule : RampRule, classes);
        double smoothed = _monitor.Smoothed.Value;
        _losses.Add((step, loss, smoothed));
        if (plan.Ramp is not RangeTestRamp.Exponential || evidence is not null)
        {
            return evidence;
        }

        _explosion = _explosion.Add(smoothed);
        return _explosion.Ends(smoothed)
            ? string.Create(CultureInfo.InvariantCulture, $"the smoothed training loss, {smoothed:0.###}, is above four times its best, {_explosion.Best:0.###}")
            : null;
    }

    /// <summary>Forgets a step and what came after it.</summary>
    private void GoBackTo(int step)
    {
        (int Step, double Loss, double Smoothed)[] kept = [.. _losses.TakeWhile(loss => loss.Step < step)];
        _readings.RemoveAll(reading => reading.Step >= step);
        _losses.Clear();
        (_monitor, _explosion) = (DivergenceMonitor.Start, LossExplosion.Start);
        foreach ((int at, double loss, _) in kept)
        {
            Add(at, loss);
        }
    }

    /// <summary>The curve of the schedule's numbers and the losses, of a bounded number of points for a trial.</summary>
    public JobCurves Curves()
    {
        const int MostPoints = 500; // as the engine's
        int size = plan.Ramp is null ? Math.Max(1, (_losses.Count + MostPoints - 1) / MostPoints) : 1;
        (int Step, double Loss, double Smoothed)[] points =
        [
            .. _losses.Chunk(size).Select(chunk => (chunk[^1].Step, chunk.Average(point => point.Loss), chunk[^1].Smoothed)),
        ];
        SchedulePoint[] schedule = [.. points.Select(point => plan.Schedule.At(point.Step - 1))];
        return new JobCurves(
            [.. points.Select(point => point.Step)],
            [.. schedule.Select(point => point.LearningRate)],
            [.. schedule.Select(point => point.Momentum)],
            [.. points.Select(point => point.Loss)],
            [.. points.Select(point => point.Smoothed)],
            [.. _readings.OrderBy(reading => reading.Step)]);
    }
}
