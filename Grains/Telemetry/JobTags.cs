using System.Diagnostics;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Telemetry;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Telemetry;

/// <summary>Attributes that spans of jobs and of attempts share.</summary>
internal static class JobTags
{
    /// <summary>Which job.</summary>
    public static void Identity(Activity span, JobKey key, int? cell) => span
        .SetTag(Attributes.Sweep, key.Sweep)
        .SetTag(Attributes.Job, key.ShortName)
        .SetTag(Attributes.JobKind, Outcomes.Kind(key.Kind))
        .SetTag(Attributes.Cell, cell);

    /// <summary>Point of the space.</summary>
    public static void Configuration(Activity span, Configuration at) => span
        .SetTag(Attributes.MaxLearningRate, at.MaxLearningRate)
        .SetTag(Attributes.BatchSize, at.BatchSize)
        .SetTag(Attributes.WeightDecay, at.WeightDecay)
        .SetTag(Attributes.Dropout, at.Dropout);

    /// <summary>How it ended; an outcome that is a failure is an error of the span.</summary>
    public static void Outcome(Activity span, JobOutcome outcome, SelectionSet selectBy)
    {
        string text = OutcomeText.Of(outcome);
        span.SetTag(Attributes.Outcome, OutcomeText.Kind(outcome)).SetTag(Attributes.OutcomeText, text);
        switch (outcome)
        {
            case JobOutcome.Trained { Score: var score }:
                span.SetTag(Attributes.Accuracy, score.Accuracy(selectBy));
                break;
            case JobOutcome.Diverged diverged:
                span.SetTag(Attributes.Step, diverged.Step);
                break;
        }

        if (Outcomes.ErrorType(outcome) is { } error)
        {
            span.SetTag(Attributes.ErrorType, error).SetStatus(ActivityStatusCode.Error, text);
        }
    }
}
