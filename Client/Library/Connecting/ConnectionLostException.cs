namespace Sweeper.Client.Connecting;

/// <summary>A named cluster no longer answers over this connection; another gateway may.</summary>
internal sealed class ConnectionLostException(Exception inner) : Exception("The cluster does not answer over this connection.", inner);
