using System.Diagnostics;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Workers;

namespace Sweeper.Grains.Sweeps;

/// <summary>
/// Ends of jobs and grants of slots that wait for the coordinator's next turn. They come by the hundred while the store commits;
/// a turn takes all that are there and stores them together.
/// </summary>
internal sealed class SweepInbox
{
    /// <summary>Most that one turn takes: a write stays short, and others have their turn.</summary>
    public const int MostAtOnce = 64;

    private readonly Queue<SweepMessage> _waiting = new();

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>The one that has waited longest.</summary>
    public SweepMessage First => _waiting.Peek();

    /// <summary>Takes one in; the answer comes with a later turn.</summary>
    public Task<bool> AddAsync(SweepMessage message)
    {
        _waiting.Enqueue(message);
        return message.Answer.Task;
    }

    /// <summary>Hands a turn what waits.</summary>
    public List<SweepMessage> Take()
    {
        var taken = new List<SweepMessage>();
        while (taken.Count < MostAtOnce && _waiting.TryDequeue(out SweepMessage? message))
        {
            taken.Add(message);
        }

        return taken;
    }
}

/// <summary>One that waits.</summary>
internal abstract record SweepMessage
{
    /// <summary>Ends when it is durable, or was not taken.</summary>
    public TaskCompletionSource<bool> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The call that brought it.</summary>
    public Activity? Call { get; } = Activity.Current;

    /// <summary>The end of an attempt.</summary>
    public sealed record Ended(JobReport Report) : SweepMessage;

    /// <summary>A slot.</summary>
    public sealed record Granted(SlotLease Lease) : SweepMessage;
}
