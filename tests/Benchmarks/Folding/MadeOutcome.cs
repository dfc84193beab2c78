using Sweeper.Contracts.Jobs;

namespace Sweeper.Tests.Benchmarks.Folding;

/// <summary>How a job ends that nobody trains: better the nearer its rate is to 0.3, with noise of its own.</summary>
internal static class MadeOutcome
{
    /// <summary>The outcome of a job.</summary>
    public static JobOutcome Of(JobTicket job)
    {
        double off = Math.Log10(job.Configuration.MaxLearningRate / 0.3);
        double accuracy = 0.93 - (0.04 * off * off) - (0.0001 * (job.Key.Number % 37));
        return job.Key.Kind == JobKind.RangeTest
            ? new JobOutcome.RangeTested(new RangeTestFindings(RangeTestVerdict.Possible, "made up", 1, 0.01, null, null, null, null, null, null, null))
            : new JobOutcome.Trained(new TrialScore(0.1, 0.3, accuracy, 0.3, accuracy - 0.01, "0"));
    }

    /// <summary>Its circumstances.</summary>
    public static RunInfo Run(JobTicket job)
    {
        bool trial = job.Key.Kind == JobKind.Trial;
        double epochs = trial ? job.Plan?.Epochs ?? job.Spec.Training.Epochs : job.Spec.RangeTest.Epochs;
        return new RunInfo("node/cpu", "none", "none", job.Seed, "0", 1, DateTimeOffset.UnixEpoch, 1, 100, epochs, 1000, 0, "none");
    }
}
