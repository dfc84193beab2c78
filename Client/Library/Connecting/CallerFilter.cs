using Sweeper.Contracts.Access;

namespace Sweeper.Client.Connecting;

/// <summary>Every call says whose it is: the silos' audit log keeps it.</summary>
internal sealed class CallerFilter : IOutgoingGrainCallFilter
{
    /// <summary>The user of this console, <c>user@machine</c>.</summary>
    public static string By { get; } = $"{Environment.UserName}@{Environment.MachineName}";

    private static readonly Caller Console = new(By, $"console on {Environment.MachineName}");

    /// <inheritdoc />
    public Task Invoke(IOutgoingGrainCallContext context)
    {
        Console.Speak();
        return context.Invoke();
    }
}
