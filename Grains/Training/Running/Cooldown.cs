using Sweeper.Training.Data;
using Sweeper.Training.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>Anneals a session, measures it and puts it back, bit for bit: weights, optimiser, generators, place in the data.</summary>
internal static class Cooldown
{
    /// <summary>What the annealed copy reaches; null where <paramref name="stop"/> came in between.</summary>
    /// <param name="session">The session; the same afterwards, whatever happens.</param>
    /// <param name="start">Rate and momentum where the run stands: the rate falls from there to 0 in a straight line, the momentum stays.</param>
    /// <param name="steps">Steps of the anneal; at least 1.</param>
    /// <param name="images">Images to measure on.</param>
    /// <param name="afterStep">Called after every step.</param>
    /// <param name="stop">Looked at before every step.</param>
    public static Measurement? Measure(
        TrainingSession session, SchedulePoint start, int steps, EvaluationSource images, Action afterStep, CancellationToken stop)
    {
        SessionState before = session.Save();
        try
        {
            for (int step = 0; step < steps; step++)
            {
                if (stop.IsCancellationRequested)
                {
                    return null;
                }

                using (DisposeScope scope = NewDisposeScope())
                {
                    session.Step(start with { LearningRate = start.LearningRate * (steps - step) / steps });
                }

                afterStep();
            }

            return Evaluator.Measure(session.Model, images, stop);
        }
        finally
        {
            session.Restore(before);
        }
    }
}
