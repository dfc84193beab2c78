using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Concurrency;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Sweeps;

/// <summary>
/// Turns of a coordinator, one after the other. Orleans gives every call a turn of its own, but for those that interleave; what such calls
/// bring is taken in turns of its own, between those of the others. All on the grain's scheduler, so nothing is locked.
/// </summary>
internal sealed class SweepTurns
{
    private static readonly ConcurrentDictionary<MethodInfo, bool> Needed = new();

    private Task _last = Task.CompletedTask;

    /// <summary>Whether a call changes the sweep: all do that do not interleave.</summary>
    public static bool IsNeededBy(MethodInfo? method) => method is not null && Needed.GetOrAdd(
        method,
        call => (call.DeclaringType == typeof(ISweepGrain) || call.DeclaringType == typeof(ISweepReports)) && !call.IsDefined(typeof(AlwaysInterleaveAttribute)));

    /// <summary>Works in the turn after the last one.</summary>
    public async Task TakeAsync(Func<Task> work)
    {
        Task before = _last;
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _last = ended.Task;
        await before;
        try
        {
            await work();
        }
        finally
        {
            ended.SetResult();
        }
    }
}
