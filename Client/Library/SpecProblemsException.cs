using System.Collections.Immutable;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Specs;

namespace Sweeper.Client;

/// <summary>A spec that cannot be run.</summary>
public sealed class SpecProblemsException : SweeperException
{
    internal SpecProblemsException(string name, ImmutableArray<SpecProblem> problems)
        : base($"The sweep '{name}' was not accepted: {string.Join("; ", problems)}") => Problems = problems;

    /// <summary>Everything that is wrong with it.</summary>
    public ImmutableArray<SpecProblem> Problems { get; }
}
