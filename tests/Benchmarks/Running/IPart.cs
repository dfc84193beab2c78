namespace Sweeper.Tests.Benchmarks.Running;

/// <summary>A part of the benchmarks, run by its name.</summary>
internal interface IPart
{
    /// <summary>Name on the command line.</summary>
    string Name { get; }

    /// <summary>What it takes after its name, and what it measures; one line.</summary>
    string Words { get; }

    /// <summary>Measures; prints as it goes.</summary>
    /// <param name="arguments">What came after its name.</param>
    /// <exception cref="UsageException">The arguments are none of its own.</exception>
    Task<IReadOnlyList<Figure>> RunAsync(string[] arguments);
}

/// <summary>The command line asks for something that there is not.</summary>
internal sealed class UsageException(string message) : Exception(message);
