using System.Net.Sockets;
using Npgsql;

namespace Sweeper.Grains.Store.PostgreSql;

/// <summary>What PostgreSQL's failures mean. Codes: the manual's appendix A.</summary>
internal static class PostgreSqlFaults
{
    /// <summary>What a failure means; null where only the statement failed.</summary>
    public static StoreFault? Explain(Exception failure, PostgreSqlAddress address) => failure switch
    {
        PostgresException server => Explain(server, address),
        NpgsqlException { InnerException: TimeoutException } => new StoreFault($"{address.Description} did not answer in time. Check that it runs and is not overloaded.", true),
        NpgsqlException { InnerException: (SocketException or IOException) and var cause } => Unreachable(address, cause.Message),
        NpgsqlException { IsTransient: true } lost => Unreachable(address, lost.Message),
        NpgsqlException other => new StoreFault($"{address.Description} cannot be used: {other.Message}", false),
        SocketException or TimeoutException => Unreachable(address, failure.Message),
        _ => null,
    };

    private static StoreFault? Explain(PostgresException failure, PostgreSqlAddress address) => failure.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => new StoreFault(
            $"PostgreSQL at {address.Server} refuses user '{address.User}'. Check user name and password.", false),
        PostgresErrorCodes.InvalidCatalogName => new StoreFault(
            $"There is no database '{address.Database}' on PostgreSQL at {address.Server}. Create it: createdb {address.Database}", false),
        PostgresErrorCodes.InsufficientPrivilege => new StoreFault(
            $"{address.Description}: the user may not create or write tables ({failure.MessageText}). Grant it, or name another user.", false),
        PostgresErrorCodes.ReadOnlySqlTransaction => new StoreFault(
            $"{address.Description} only reads, as a standby does. Name the primary server.", false),
        PostgresErrorCodes.DuplicateTable => new StoreFault(
            $"{address.Description} holds tables of another program ({failure.MessageText}). Name another database, or a schema with 'Search Path='.", false),
        PostgresErrorCodes.DiskFull => new StoreFault(
            $"The disk of PostgreSQL at {address.Server} is full. Free some space and start again: nothing that was stored is lost.", false),
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable =>
            new StoreFault($"{address.Description} gave up a transaction in favour of another: {failure.MessageText}", true),
        PostgresErrorCodes.TooManyConnections => new StoreFault($"PostgreSQL at {address.Server} has no connection left: {failure.MessageText}", true),
        _ => ExplainClass(failure, address),
    };

    private static StoreFault? ExplainClass(PostgresException failure, PostgreSqlAddress address) => failure.SqlState[..2] switch
    {
        "08" or "57" => Unreachable(address, failure.MessageText), // Connection lost; the server shuts down or starts.
        "53" or "58" or "XX" or "F0" => new StoreFault($"{address.Description} failed: {failure.MessageText} Look into the server's log.", false),
        _ => null,
    };

    private static StoreFault Unreachable(PostgreSqlAddress address, string reason) => new(
        $"{address.Description} cannot be reached: {reason.TrimEnd('.')}. Check that it runs, and that host and port are right.", true);
}
