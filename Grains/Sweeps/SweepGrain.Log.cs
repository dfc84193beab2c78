using Microsoft.Extensions.Logging;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Grains.Sweeps;

internal sealed partial class SweepGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Sweep {Sweep}: {Text}")]
    private partial void LogEvent(string sweep, string text);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sweep {Sweep}: an event could not be stored; the coordinator reads the store again")]
    private partial void LogWriteFailed(string sweep, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sweep {Sweep}: the store does not answer; it is asked again every second")]
    private partial void LogStoreAway(string sweep, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sweep {Sweep}: {Job} could not be handed to {Worker}")]
    private partial void LogStartFailed(string sweep, JobKey job, string worker, Exception? error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Worker {Worker} is quarantined: {Reason}. `sweeper workers readmit {Worker}` takes it back")]
    private partial void LogQuarantined(string worker, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sweep {Sweep}: the weights of {Job} could not be deleted; they go with the sweep")]
    private partial void LogWeightsLeft(string sweep, JobKey job, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sweep {Sweep}: {What} did not reach its receiver; it will be repeated")]
    private partial void LogMessageLost(string sweep, string what, Exception error);
}
