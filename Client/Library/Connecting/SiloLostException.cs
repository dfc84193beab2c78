namespace Sweeper.Client.Connecting;

/// <summary>The embedded silo is gone in the middle of a call. What has finished is in its store; a new silo goes on from there.</summary>
internal sealed class SiloLostException(Exception inner) : Exception("The silo is gone.", inner);
