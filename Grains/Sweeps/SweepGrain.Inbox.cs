using System.Diagnostics;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Planning.Stopping;
using Sweeper.Grains.Store;

namespace Sweeper.Grains.Sweeps;

/// <summary>Ends of jobs and grants of slots, taken together where several have come.</summary>
internal sealed partial class SweepGrain
{
    private readonly SweepInbox _inbox = new();
    private bool _emptying;

    /// <inheritdoc />
    public Task<bool> ReportAsync(JobReport report) => ReceiveAsync(new SweepMessage.Ended(report));

    /// <inheritdoc />
    public Task GrantAsync(SlotLease lease) => ReceiveAsync(new SweepMessage.Granted(lease));

    private Task<bool> ReceiveAsync(SweepMessage message)
    {
        Task<bool> answer = _inbox.AddAsync(message);
        if (!_emptying)
        {
            _ = EmptyAsync();
        }

        return answer;
    }

    private async Task EmptyAsync()
    {
        _emptying = true;
        try
        {
            while (!_inbox.IsEmpty)
            {
                Activity.Current = _inbox.First.Call;
                await _turns.TakeAsync(TakeInAsync);
            }
        }
        finally
        {
            _emptying = false;
        }
    }

    private async Task TakeInAsync()
    {
        List<SweepMessage> messages = _inbox.Take();
        int taken = 0;
        try
        {
            for (bool together = true; taken < messages.Count;)
            {
                await HeardAsync();
                IReadOnlyList<Decision[]> decisions = together ? DecideTogether(messages[taken..]) : [];
                int fresh = await CountFreshAsync([.. decisions.Select(made => made[0])]);
                together &= fresh == decisions.Count; // where results are known, each job is looked at by itself
                taken += fresh > 0
                    ? await TakeTogetherAsync(messages.GetRange(taken, fresh), decisions.Take(fresh).SelectMany(made => made))
                    : await TakeAloneAsync(messages[taken]);
            }
        }
        catch (Exception error) // It belongs to those that sent the rest.
        {
            messages[taken..].ForEach(message => message.Answer.TrySetException(error));
        }
    }

    /// <summary>Decisions on messages in their order, those on each together, up to the first that cannot be decided without asking elsewhere.</summary>
    private List<Decision[]> DecideTogether(List<SweepMessage> messages)
    {
        var decisions = new List<Decision[]>();
        SweepState? state = _state;
        foreach (SweepMessage message in messages)
        {
            Decision[] made = state is null ? [] : message switch
            {
                SweepMessage.Ended { Report.Outcome: not JobOutcome.Failed } ended => DecideEnd(state, EndOf(ended.Report, state), CurvesOf(ended.Report)),
                SweepMessage.Granted granted => [Decide(state, new SweepEvent.SlotGranted(granted.Lease, clock.GetUtcNow()))],
                _ => [], // whether another worker should try it
            };
            if (made.Length == 0 || IsOnlyForOthers(made[0]))
            {
                break;
            }

            decisions.Add(made);
            state = made[^1].After;
        }

        return decisions;
    }

    private async Task<int> TakeTogetherAsync(List<SweepMessage> messages, IEnumerable<Decision> decisions)
    {
        try
        {
            await TakeAsync([.. decisions]);
            messages.ForEach(message => message.Answer.TrySetResult(HasEnded(message)));
        }
        catch (Exception error) // It belongs to those that sent them.
        {
            messages.ForEach(message => message.Answer.TrySetException(error));
        }

        return messages.Count;
    }

    private async Task<int> TakeAloneAsync(SweepMessage message)
    {
        try
        {
            await (message switch
            {
                SweepMessage.Ended ended => EndAsync(ended.Report),
                SweepMessage.Granted granted => UseAsync(granted.Lease),
                _ => throw new InvalidOperationException($"{message.GetType().Name} is no message of an inbox."),
            });
            message.Answer.TrySetResult(HasEnded(message));
        }
        catch (Exception error) // It belongs to the one that sent it.
        {
            message.Answer.TrySetException(error);
        }

        return 1;
    }

    private bool HasEnded(SweepMessage message) =>
        message is SweepMessage.Ended ended && _state?.Standing(ended.Report.Key)?.Status is JobStatus.Done or JobStatus.Skipped;

    private async Task EndAsync(JobReport report)
    {
        bool others = await IsForOthersAsync(report);
        await RecoverAsync();
        await TakeAsync(DecideEnd(Existing(), EndOf(report, Existing()) with { Others = others }, CurvesOf(report)));
    }

    /// <summary>The end of a job, and the start of the one that waited behind it: both are stored, or neither.</summary>
    private Decision[] DecideEnd(SweepState state, SweepEvent.JobEnded ended, StoredCurves curves)
    {
        Decision end = Decide(state, ended, curves);
        return end.Commands.OfType<SweepCommand.HandOn>().FirstOrDefault() is { } next
            ? [end, Decide(end.After, new SweepEvent.SlotGranted(next.Lease, clock.GetUtcNow()))]
            : [end];
    }

    private SweepEvent.JobEnded EndOf(JobReport report, SweepState state) =>
        new(report.Key, report.Attempt, report.Outcome, report.Run, clock.GetUtcNow(), TrialJudge.Readings(state.Spec, report), Successor: report.Successor);

    private static StoredCurves CurvesOf(JobReport report) => new(report.Key, report.Attempt, report.Curves);

    private async Task UseAsync(SlotLease lease)
    {
        await RecoverAsync();
        if (_state is null)
        {
            Want([lease.Id]);
            return;
        }

        var granted = new SweepEvent.SlotGranted(lease, clock.GetUtcNow());
        Decision decision = Decide(granted);
        if (IsOnlyForOthers(decision))
        {
            if (await HasOtherThanAsync(lease.Worker))
            {
                Want([lease.Id], slots: 0); // the next tick wishes again; at once, this slot would be granted again
                return;
            }

            granted = granted with { Alone = true };
            decision = Decide(granted);
        }

        await TakeAsync([await FindReusableAsync(granted, decision) is var (reused, curves) ? Decide(reused, curves) : decision]);
    }
}
