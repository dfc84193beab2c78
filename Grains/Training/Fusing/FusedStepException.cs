using Sweeper.Training.Running;

namespace Sweeper.Training.Fusing;

/// <summary>A step of several sessions at once failed, most likely for want of memory. It says nothing about one of them alone: run it again, alone.</summary>
public sealed class FusedStepException : Exception
{
    /// <summary>Says how many they were, and what happened.</summary>
    public FusedStepException(int members, Exception inner)
        : base(FormattableString.Invariant($"a step of {members} sessions at once failed: {MemoryExhaustion.Evidence(inner)}"), inner) => Members = members;

    /// <summary>How many sessions there were.</summary>
    public int Members { get; }

    /// <summary>Number of sessions to try from now on; 1: none together.</summary>
    public int NextMembers => InnerException is { } inner && MemoryExhaustion.Is(inner) ? Math.Max(1, Members / 2) : 1;
}
