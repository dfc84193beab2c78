using System.Collections.Immutable;
using Sweeper.Contracts.Specs;

namespace Sweeper.Contracts.Pages;

/// <summary>Why a request got nothing else.</summary>
/// <param name="Message">What is wrong and what would be right.</param>
/// <param name="Problems">Every problem with what was sent; empty where it is not about that.</param>
public sealed record Refusal(string Message, ImmutableArray<SpecProblem> Problems)
{
    /// <summary>One without problems.</summary>
    /// <param name="message">What is wrong and what would be right.</param>
    public Refusal(string message)
        : this(message, [])
    {
    }
}
