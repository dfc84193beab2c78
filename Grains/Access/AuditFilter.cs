using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Sweeper.Contracts.Access;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Store;

namespace Sweeper.Grains.Access;

/// <summary>
/// Keeps every call of a method that is <see cref="AuditedAttribute"/> in the audit log, with what came of it. It stands before
/// the grains, so that neither console nor page can forget it.
/// </summary>
internal sealed partial class AuditFilter(ISweepStore store, TimeProvider clock, ILogger<AuditFilter> logger) : IIncomingGrainCallFilter
{
    /// <summary>Who did it where nobody says.</summary>
    public const string Unknown = "unknown";

    private static readonly Caller Itself = new("sweeper", "the cluster itself");

    private static readonly ConcurrentDictionary<MethodInfo, string?> Actions = new();

    /// <inheritdoc />
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod is not { } method || Actions.GetOrAdd(method, ActionOf) is not { } action)
        {
            await context.Invoke();
            return;
        }

        try
        {
            await context.Invoke();
        }
        catch (Exception error)
        {
            await KeepAsync(context, action, error is SweepNotFoundException ? AuditOutcome.Refused : AuditOutcome.Failed, error.Message);
            throw;
        }

        (AuditOutcome outcome, string detail) = Read(context.Result);
        await KeepAsync(context, action, outcome, detail);
    }

    /// <summary>What happened has happened: where the store is away, the log is the last place to say so.</summary>
    private async Task KeepAsync(IIncomingGrainCallContext context, string action, AuditOutcome outcome, string detail)
    {
        Caller caller = context.SourceId is { } source && !source.IsClient() ? Itself : Caller.Current ?? new Caller(Unknown, "");
        DateTimeOffset now = clock.GetUtcNow();
        (string verb, string? sweep, string? target) = Name(context, action);
        var entry = new AuditEntry(Guid.CreateVersion7(now), now, caller.By, caller.From, verb, sweep, target, outcome, detail);
        try
        {
            await store.Access.RecordAsync(entry, CancellationToken.None);
        }
        catch (StoreUnavailableException error)
        {
            LogNotKept(entry.By, entry.From, entry.Action, sweep ?? target ?? "", outcome, detail, error);
        }
    }

    private static (string Verb, string? Sweep, string? Target) Name(IIncomingGrainCallContext context, string action)
    {
        string? key = context.TargetId.Key.ToString();
        return context.Grain switch
        {
            ISweepGrain => (action, key is null ? null : Caller.Clean(key), null),
            IGpuWorkerGrain => ($"{action} {Word(context.Request.GetArgument(0) as WorkerDuty?)}", null, key),
            _ => (action, null, Caller.Clean(context.Request.GetArgument(0) as string ?? "")),
        };
    }

    private static string Word(WorkerDuty? duty) => duty switch
    {
        WorkerDuty.Drained => "drain",
        WorkerDuty.Quarantined => "quarantine",
        _ => "readmit",
    };

    private static (AuditOutcome Outcome, string Detail) Read(object? result) => result switch
    {
        ControlResult { Done: true } done => (AuditOutcome.Done, done.Message),
        ControlResult unchanged => (AuditOutcome.Unchanged, unchanged.Message),
        SubmitResult { Status: SubmitStatus.Refused } refused => (AuditOutcome.Refused, string.Join("; ", refused.Problems)),
        SubmitResult { Status: SubmitStatus.AlreadyEnded } => (AuditOutcome.Unchanged, "it has ended already"),
        SubmitResult submitted => (AuditOutcome.Done, submitted.Status == SubmitStatus.Created ? "created" : "goes on"),
        bool taken => (taken ? AuditOutcome.Done : AuditOutcome.Failed, ""),
        _ => (AuditOutcome.Done, ""),
    };

    private static string? ActionOf(MethodInfo method) => method.GetCustomAttribute<AuditedAttribute>()?.Action;

    [LoggerMessage(Level = LogLevel.Error, Message = "Not in the audit log, for the store is away: {By} from {From}: {Action} {What}: {Outcome} {Detail}")]
    private partial void LogNotKept(string by, string from, string action, string what, AuditOutcome outcome, string detail, Exception error);
}
